"""Links between units as people write them (edges, bridges, barriers), resolved to rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from scenarios.document import Neighbours
from scenarios.link_files import read_links
from scenarios.near_names import listed
from scenarios.prepare.unit_table import UnitTable

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
    findings: list[Finding] = []
    bridges = None if neighbours.bridges in (NEAREST, NONE) else neighbours.bridges
    links = NamedLinks(
        _resolve(neighbours.file, "neighbours.file", Level.WARNING, folder, table, findings),
        _resolve(bridges, "neighbours.bridges", Level.ERROR, folder, table, findings),
        _resolve(neighbours.barriers, "neighbours.barriers", Level.ERROR, folder, table, findings),
    )
    return links, tuple(findings)


def _resolve(
    name: str | None, field: str, level: Level, folder: Path, table: UnitTable, findings: list[Finding]
) -> IntArray | None:
    if name is None:
        return None
    frame, found = read_links(folder / name, name, field)
    findings.extend(found)
    ends = [frame[end].map(table.rows_of) for end in ("a", "b")]
    known = ends[0].notna() & ends[1].notna()
    if not frame.empty and not known.any():
        level = Level.ERROR
    findings.extend(_unknown(frame, name, level, table))
    segment = table.units["segment"].to_numpy()
    pairs = [
        (i, j)
        for left, right in zip(ends[0][known], ends[1][known], strict=True)
        for i in left.tolist()
        for j in right.tolist()
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
    message = f"{label} names {len(unknown)} units that are not in {table.label}; their links are passed over."
    hint = table.offers.hint(first, "Maybe it covers a larger area, which is fine.")
    return (Finding(level, "unknown-unit", message, hint, label, row, "a, b", first),)


def _each_unknown(unknown: pd.Series, label: str, table: UnitTable) -> Iterator[Finding]:
    for index, unit in unknown.items():
        message = f"There is no unit {unit}."
        hint = table.offers.hint(str(unit), "Maybe remove the row, or check the id.")
        yield Finding(Level.ERROR, "unknown-unit", message, hint, label, int(index) + 1, "a, b", str(unit))
