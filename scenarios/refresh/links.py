"""Files of links between units (neighbours, bridges, barriers) carried to a new table."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geodata.findings import InputError, has_errors
from scenarios.document.scenario import Neighbours
from scenarios.prepare.link_names import NEAREST, NONE
from scenarios.reading.link_files import read_links
from scenarios.refresh.model import Change, Kind
from scenarios.refresh.names import Names

FIELDS = {"neighbours": "file", "bridges": "bridges", "barriers": "barriers"}
"""Field of the section `neighbours` that names each kind of link file."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class CarriedLinks:
    """A file of links in today's ids.

    Attributes
    ----------
    of : str
        neighbours, bridges or barriers.
    pairs : tuple of (str, str)
        Links that still apply, each once.
    changes : tuple of Change
        Those that were told in other ids or left out; empty where the old file still serves.
    """

    of: str
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]


def carry_links(neighbours: Neighbours, folder: Path, names: Names) -> tuple[CarriedLinks, ...]:
    """Return every file of links in today's ids; names that were unknown before are left as they are."""
    return tuple(
        _carried(of, name, folder, names)
        for of, field in FIELDS.items()
        if (name := getattr(neighbours, field)) not in (None, NEAREST, NONE)
    )


def _carried(of: str, label: str, folder: Path, names: Names) -> CarriedLinks:
    frame, findings = read_links(folder / label, label, f"neighbours.{FIELDS[of]}")
    if has_errors(findings):
        raise InputError(findings)
    pairs: dict[Pair, None] = {}
    changes: list[Change] = []
    for index, a, b in frame[["a", "b"]].itertuples():
        now = list(_successors(names, a, b))
        if now != [(a, b)]:
            changes.append(_change(of, label, int(index) + 1, (a, b), now))
        pairs |= dict.fromkeys(now)
    return CarriedLinks(of, tuple(pairs), tuple(changes))


def _successors(names: Names, a: str, b: str) -> Iterator[Pair]:
    """Yield the links that a link has become; none between units that are one now."""
    here, there = (names.now(end) if names.old.rows_of(end) is not None else (end,) for end in (a, b))
    yield from ((i, j) for i in here for j in there if i != j)


def _change(of: str, label: str, row: int, pair: Pair, now: list[Pair]) -> Change:
    return Change(
        kind=Kind.CARRIED if now else Kind.DROPPED,
        of=of,
        id=", ".join(pair),
        new_id="; ".join(", ".join(ends) for ends in now),
        file=label,
        row=row,
        field="a, b",
        before=json.dumps(pair, ensure_ascii=False),
        after=json.dumps(now, ensure_ascii=False) if now else None,
        how="its units have other ids" if now else "one of its units is no more, or both are one now",
    )
