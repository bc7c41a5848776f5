"""Keys in one file matched to known ids of another, also where a spreadsheet or a mail program changed them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.accounts.wording import rows_text

_DECIMAL = re.compile(r"([0-9]+)\.0+", re.ASCII)
_PLUS_FOUR = re.compile(r"([0-9]{3,5})[- ]([0-9]{4})|([0-9]{5})([0-9]{4})", re.ASCII)
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+", re.ASCII | re.IGNORECASE)
_CODE = re.compile(r"[0-9]+E[0-9]{1,2}", re.ASCII | re.IGNORECASE)
"""An id that a spreadsheet takes for a number: 12E4 becomes 1.20E+05."""

PLUS_FOUR, DECIMAL, ZEROS, SPELLING = "key-plus-four", "key-decimal", "key-zeros", "key-spelling"
EXPONENT = "key-exponent"
_WORDS: Mapping[str, tuple[Level, str, str]] = {
    PLUS_FOUR: (Level.NOTE, "have four more digits (ZIP+4), which were left out", ""),
    DECIMAL: (Level.WARNING, "were read as decimal numbers; the decimals were left out", "Maybe export it as text."),
    EXPONENT: (
        Level.WARNING,
        "are codes that were read as numbers, and count as the code of that value",
        "Maybe export it as text.",
    ),
    ZEROS: (Level.WARNING, "differ from a known id by leading zeros and count as that", "Maybe export it as text."),
    SPELLING: (Level.NOTE, "differ from a known id by case, blanks or hyphens only and count as that", ""),
}


class Keys:
    """Known ids, ready to recognise the damaged ones among keys."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_bare = _only_ones((name.lstrip("0"), name) for name in self._known if _DIGITS.fullmatch(name))
        self._by_value = _only_ones((_value(name), name) for name in self._known if _CODE.fullmatch(name))

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        return _only_ones((_spelling(name), name) for name in self._known)

    def find(self, key: str) -> tuple[str, str]:
        """Return the known id that a key means and the code of what was wrong with it, both "" where there is none."""
        if key in self._known:
            return key, ""
        for code, text in _undamaged(key):
            if text in self._known:
                return text, code
            if _DIGITS.fullmatch(text) and text.lstrip("0") in self._by_bare:
                return self._by_bare[text.lstrip("0")], ZEROS
        if _EXPONENT.fullmatch(key) and _value(key) in self._by_value:
            return self._by_value[_value(key)], EXPONENT
        name = self._by_spelling.get(_spelling(key), "")
        return name, SPELLING if name else ""

    def match(self, keys: pd.Series, label: str) -> tuple[pd.Series, tuple[Finding, ...]]:
        """Return the known id of each key, "" for none, and a finding for each kind of damage with its rows."""
        found = {key: self.find(key) if key else ("", "") for key in keys.unique()}
        codes = keys.map({key: code for key, (_, code) in found.items()})
        findings = tuple(
            _recognised(code, keys[codes == code], found, label) for code in _WORDS if (codes == code).any()
        )
        return keys.map({key: name for key, (name, _) in found.items()}), findings


def _undamaged(key: str) -> Iterator[tuple[str, str]]:
    """Yield what a key may have been, and the code of what happened to it."""
    yield ZEROS, key
    if decimal := _DECIMAL.fullmatch(key):
        yield DECIMAL, decimal[1]
    if longer := _PLUS_FOUR.fullmatch(key):
        yield PLUS_FOUR, longer[1] or longer[3]


def _value(text: str) -> str:
    return f"{Decimal(text).normalize():e}"


def _spelling(key: str) -> str:
    return re.sub(r"[\s-]", "", key.casefold())


def _only_ones(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the names by a short form that no other name has."""
    names: dict[str, str] = {}
    shared = set()
    for short, name in pairs:
        if names.setdefault(short, name) != name:
            shared.add(short)
    return {short: name for short, name in names.items() if short not in shared}


def _recognised(code: str, keys: pd.Series, found: Mapping[str, tuple[str, str]], label: str) -> Finding:
    level, what, hint = _WORDS[code]
    first, row = str(keys.iloc[0]), int(keys.index[0]) + 1
    message = f"{len(keys)} keys of {keys.name} {what}, e.g. {first} as {found[first][0]}: {rows_text(keys.index)}."
    return Finding(level, code, message, hint, label, row, str(keys.name), first)
