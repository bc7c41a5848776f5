"""Links between units as people write them (edges, bridges, barriers), resolved to rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from scenarios.document.scenario import Neighbours
from scenarios.near_names import listed
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import counted
from scenarios.reading.link_files import read_links

NEAREST, NONE = "nearest", "none"


@dataclass(frozen=True, eq=False)
class NamedLinks:
    """Pairs of rows, (n, 2) int32 each; None where the scenario gives no such file."""

    edges: IntArray | None
    bridges: IntArray | None
    barriers: IntArray | None


def read_named_links(neighbours: Neighbours, folder: Path, table: UnitTable) -> tuple[NamedLinks, tuple[Finding, ...]]:
    """Read all link files and resolve their ids.

    A link that names geographies links their units segment by segment. Edges may cover more than the units: unknown
    ids there are passed over with a warning. In the short lists of bridges and barriers they are errors.
    """
    bridges = None if neighbours.bridges in (NEAREST, NONE) else neighbours.bridges
    edges, about_edges = _read(neighbours.file, "neighbours.file", folder, table)
    added, about_added = _read(bridges, "neighbours.bridges", folder, table)
    removed, about_removed = _read(neighbours.barriers, "neighbours.barriers", folder, table)
    return NamedLinks(edges, added, removed), (*about_edges, *about_added, *about_removed)


def _read(name: str | None, field: str, folder: Path, table: UnitTable) -> tuple[IntArray | None, tuple[Finding, ...]]:
    if name is None:
        return None, ()
    frame, findings = read_links(folder / name, name, field)
    frame, recognised = _recognised(frame, name, table)
    left, right = (frame[end].map(table.rows_of) for end in ("a", "b"))
    known = left.notna() & right.notna()
    covers_more = field == "neighbours.file" and bool(known.any())
    unknown = _unknown(frame, name, Level.WARNING if covers_more else Level.ERROR, table)
    return _pairs(left[known], right[known], table), (*findings, *recognised, *unknown)


def _recognised(frame: pd.DataFrame, label: str, table: UnitTable) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the links with damaged ids put right where only one known id can be meant."""
    named = pd.concat([frame["a"], frame["b"]]).rename("a, b").sort_index(kind="stable")
    meant, findings = table.keys.match(named.drop_duplicates(), label)
    names = dict(zip(named.drop_duplicates(), meant, strict=True))
    return frame.map(lambda unit: names[unit] or unit), findings


def _pairs(left: pd.Series, right: pd.Series, table: UnitTable) -> IntArray:
    segment = table.units["segment"].to_numpy()
    pairs = [
        (i, j)
        for here, there in zip(left, right, strict=True)
        for i in here.tolist()
        for j in there.tolist()
        if i != j and segment[i] == segment[j]
    ]
    return np.array(pairs, dtype=np.int32).reshape(-1, 2)


def _unknown(frame: pd.DataFrame, label: str, level: Level, table: UnitTable) -> tuple[Finding, ...]:
    named = pd.concat([frame["a"], frame["b"]]).sort_index(kind="stable")
    unknown = named[[unit != "" and table.rows_of(unit) is None for unit in named]].drop_duplicates()
    if level is Level.ERROR:
        return listed(_each_unknown(unknown, label, table))
    if unknown.empty:
        return ()
    first, row = str(unknown.iloc[0]), int(unknown.index[0]) + 1
    message = (
        f"{label} names {counted(len(unknown), 'unit that is', 'units that are')} not in {table.label}; passed over."
    )
    hint = table.offers.hint(first, "Maybe it covers a larger area, which is fine.")
    return (Finding(level, "unknown-unit", message, hint, label, row, "a, b", first),)


def _each_unknown(unknown: pd.Series, label: str, table: UnitTable) -> Iterator[Finding]:
    for index, unit in zip(unknown.index.tolist(), unknown.tolist(), strict=True):
        message = f"There is no unit {unit}."
        hint = table.offers.hint(unit, "Maybe remove the row, or check the id.")
        yield Finding(Level.ERROR, "unknown-unit", message, hint, label, index + 1, "a, b", unit)
