"""The known id that a damaged one probably stands for."""

import re
from collections.abc import Iterable

SHOWN = 3
"""Ids offered where an exponent has cut off the digits that tell them apart."""
_EXPONENT = re.compile(r"[0-9](?:\.([0-9]+))?E\+[0-9]{1,3}", re.ASCII | re.IGNORECASE)


class IdOffers:
    """Known ids, ready to be asked for the likely meaning of an unknown one.

    Recognised are lost leading zeros, a decimal tail ("1234.0"), digits cut off by an exponent ("1.2E+05"), another
    case, and one letter too many, too few, changed or swapped with the next (ids that share a spelling with one letter
    left out; after Garbe's symmetric deletes).
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._by_bare: dict[str, str] = {}
        self._by_spelling: dict[str, str] = {}
        self._numbers: list[str] = []
        for name in known:
            self._numbers += [name] if name.isascii() and name.isdecimal() else []
            self._by_bare.setdefault(_bare(name), name)
            for spelling in _spellings(name):
                self._by_spelling.setdefault(spelling, name)

    def nearest(self, name: str) -> str | None:
        """Return the id that `name` probably stands for, None where there is none."""
        same = self._by_bare.get(_bare(name))
        if same is not None:
            return same
        return next((self._by_spelling[s] for s in _spellings(name) if s in self._by_spelling), None)

    def hint(self, name: str, else_: str) -> str:
        """Return a hint that offers the nearest id, or `else_`."""
        if cut := _EXPONENT.fullmatch(name):
            alike = [number for number in self._numbers if _cut(number, len(cut[1] or "")) == float(name)]
            if alike:
                more = " and others" if len(alike) > SHOWN else ""
                return f"Maybe {' or '.join(alike[:SHOWN])}{more}; digits were cut off."
        near = self.nearest(name)
        if near is None:
            return else_
        lost = near != name and near.lstrip("0") == name
        return f'Maybe "{near}"; its leading zeros were lost.' if lost else f'Maybe "{near}".'


def _cut(number: str, decimals: int) -> float:
    return float(f"{float(number):.{decimals}e}")


def _bare(name: str) -> str:
    """Return the id without what spreadsheets change: leading zeros, a decimal tail, case."""
    head, dot, tail = name.strip().casefold().partition(".")
    whole = head if dot and tail.strip("0") == "" else name.strip().casefold()
    return whole.lstrip("0")


def _spellings(name: str) -> list[str]:
    letters = name.strip().casefold()
    return [letters, *(letters[:i] + letters[i + 1 :] for i in range(len(letters)))]
