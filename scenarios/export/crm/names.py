"""Names that Salesforce takes for DeveloperName, made of whatever territories are called."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from geodata.findings import Finding, Level

LONGEST = 80
"""Characters of Name and of DeveloperName."""
GOOD = re.compile(r"[A-Za-z](?:_?[A-Za-z0-9])*", re.ASCII)
"""Letters, digits and single underscores; a letter first, no underscore last."""


def is_developer_name(text: str) -> bool:
    """Return whether a text may be a DeveloperName."""
    return len(text) <= LONGEST and GOOD.fullmatch(text) is not None


def developer_names(wanted: Sequence[str]) -> list[str]:
    """Return a DeveloperName for each text, in order, no two the same whatever their case.

    Accents are dropped, what is no letter or digit becomes one underscore, `T_` goes before what begins with no
    letter, and a number after what is taken already.
    """
    taken: set[str] = set()
    names = []
    for text in wanted:
        base = _plain(text)
        name = next(name for name in _tries(base) if name.casefold() not in taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "_", letters).strip("_")
    lettered = name if name[:1].isalpha() else f"T_{name}".rstrip("_")
    return lettered[:LONGEST].rstrip("_")


def _tries(base: str) -> Iterator[str]:
    """Yield a name, then the same with 2, 3 and so on behind it, never longer than allowed."""
    yield base
    for number in count(2):
        tail = f"_{number}"
        yield base[: LONGEST - len(tail)].rstrip("_") + tail


def changed_names(names: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return a note on names that had to change; `names` are the DeveloperNames by what was wanted."""
    changed = [(text, name) for text, name in names.items() if text != name]
    if not changed:
        return ()
    text, name = changed[0]
    message = f"{len(changed)} names are written as Salesforce takes them, e.g. {name} for {text}."
    return (Finding(Level.NOTE, "developer-name", message, field="DeveloperName", value=text),)
