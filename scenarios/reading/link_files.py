"""Files of links between units: edges, bridges, barriers."""

from pathlib import Path

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.formula_guard import unguarded
from scenarios.near_names import listed, plain
from scenarios.tables.columns import Column
from scenarios.tables.ids import missing_ids
from scenarios.tables.table import column, read_table

_ALIASES = (
    ("a", "b"),
    ("from", "to"),
    ("source", "target"),
    ("unit_a", "unit_b"),
    ("id_a", "id_b"),
    ("fips_a", "fips_b"),
    ("unit1", "unit2"),
)


def read_links(path: Path, label: str, field: str) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Read links between units; `field` is the field of the scenario that names the file.

    Returns
    -------
    frame : DataFrame
        Columns a, b: unit ids as text, unchecked; index + 1 is the row. A link of a unit to itself is left out.
    findings : tuple of Finding
        What was wrong or guessed.
    """
    table = read_table(path, label)
    names, findings = _pair_columns(table.frame, label)
    found = [*table.findings, *findings]
    ends = {}
    for end, name in zip(("a", "b"), names, strict=True):
        ends[end], errors = column(table.frame, name, label, field)
        found += errors or missing_ids(ends[end], label, name)
    frame = pd.DataFrame(ends).map(unguarded)
    loops = (frame["a"] == frame["b"]) & (frame["a"] != "")
    at = Column(frame["a"], label, names[0])
    found += [
        at.bad(
            position, "self-link", "is linked to itself; the row was left out", "Maybe an id is wrong.", Level.WARNING
        )
        for position, loop in enumerate(loops)
        if loop
    ]
    return frame[~loops], listed(found)


def _pair_columns(frame: pd.DataFrame, label: str) -> tuple[tuple[str, str], list[Finding]]:
    by_plain = {plain(str(name)): str(name) for name in frame.columns}
    for a, b in _ALIASES:
        if plain(a) in by_plain and plain(b) in by_plain:
            names = by_plain[plain(a)], by_plain[plain(b)]
            return names, [] if names == ("a", "b") else [_guess(names, label)]
    if len(frame.columns) == 2:
        names = str(frame.columns[0]), str(frame.columns[1])
        return names, [_guess(names, label)]
    return ("a", "b"), []


def _guess(names: tuple[str, str], label: str) -> Finding:
    message = f"{label}: the columns {names[0]} and {names[1]} were read as a and b."
    return Finding(Level.NOTE, "guessed-column", message, file=label, field=names[0], value=names[0])
