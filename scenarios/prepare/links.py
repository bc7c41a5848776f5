"""Which units are neighbours: computed or given, with bridges added and barriers removed."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.bridges import nearest_bridges, pieces
from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import BoolArray, FloatArray
from scenarios.document.scenario import Neighbours
from scenarios.near_names import listed
from scenarios.prepare.contiguity import UnitContiguity
from scenarios.prepare.countries import Countries
from scenarios.prepare.link_names import NEAREST, NamedLinks
from scenarios.prepare.neighbours import computed_links
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import counted, some


@dataclass(frozen=True, eq=False)
class RowLinks:
    """Links between rows, each pair once.

    Attributes
    ----------
    a, b : (n_links,) int32
        Rows, a < b, ordered by a and then b.
    kind : (n_links,) str
        As `Case.links`.
    border_km : (n_links,) float64
        NaN where unknown.
    """

    a: IntArray
    b: IntArray
    kind: npt.NDArray[np.str_]
    border_km: FloatArray

    @classmethod
    def of(cls, pairs: IntArray, kind: str) -> "RowLinks":
        """Return pairs, (n, 2) int32, as links of one kind without a known border."""
        ends = np.sort(pairs.reshape(-1, 2), axis=1)
        return cls(ends[:, 0], ends[:, 1], np.full(len(ends), kind), np.full(len(ends), np.nan))

    def __or__(self, more: "RowLinks") -> "RowLinks":
        """Return these links and those of `more` that are not among them, in order."""
        a, b = np.concatenate([self.a, more.a]), np.concatenate([self.b, more.b])
        kind, border_km = np.concatenate([self.kind, more.kind]), np.concatenate([self.border_km, more.border_km])
        order = np.lexsort((b, a))
        new = np.append(True, (np.diff(a[order]) != 0) | (np.diff(b[order]) != 0))[: len(order)]
        kept = order[new]
        return RowLinks(a[kept], b[kept], kind[kept], border_km[kept])

    def without(self, pairs: IntArray) -> "RowLinks":
        """Return the links that are not among the pairs."""
        return self.kept(~np.isin(_keys(self.a, self.b), _keys(*np.sort(pairs, axis=1).T)))

    def kept(self, chosen: BoolArray) -> "RowLinks":
        """Return the chosen links, (n_links,) bool."""
        return RowLinks(self.a[chosen], self.b[chosen], self.kind[chosen], self.border_km[chosen])

    def frame(self, ids: list[str]) -> pd.DataFrame:
        """Return the links as `Case.links`."""
        names = np.array(ids, dtype=object)
        return pd.DataFrame(
            {"a": names[self.a], "b": names[self.b], "kind": self.kind.astype(object), "border_km": self.border_km}
        )


def build_links(
    neighbours: Neighbours,
    named: NamedLinks,
    table: UnitTable,
    contiguity: UnitContiguity,
    countries: Countries,
) -> tuple[RowLinks, tuple[Finding, ...]]:
    """Return the neighbours of the units.

    A file replaces the computed neighbours; links across the border of a country are left out of either. Bridges are
    added, the nearest ones within each part of the map (segment) and country; barriers are removed last, bridges among
    them.
    """
    findings: tuple[Finding, ...] = ()
    if named.edges is not None:
        links = RowLinks.of(named.edges[:0], "file") | RowLinks.of(named.edges, "file")
        findings = countries.closed_borders(links.a, links.b)
        links = links.kept(countries.same(links.a, links.b))
    else:
        (a, b, kind, border_km), findings = computed_links(table, contiguity.part, neighbours.rule, countries)
        links = RowLinks(a, b, kind, border_km)
    if named.bridges is not None:
        links = links | RowLinks.of(named.bridges, "bridge")
    elif neighbours.bridges == NEAREST:
        added, gaps_km = _nearest(links, table, countries.rows_by_part(contiguity))
        links = links | RowLinks.of(added, "bridge")
        findings += listed(_added(added, gaps_km, table))
    if named.barriers is not None:
        findings += _without_link(links, named.barriers, neighbours.barriers or "", table)
        links = links.without(named.barriers)
    return links, findings


def _keys(a: IntArray, b: IntArray) -> npt.NDArray[np.int64]:
    """Return one number for each pair."""
    return (a.astype(np.int64) << 32) | b


def _nearest(links: RowLinks, table: UnitTable, parts: Iterable[IntArray]) -> tuple[IntArray, FloatArray]:
    """Return bridges that join the pieces within each of `parts`, (n, 2) int32, and their gaps in km."""
    piece = pieces(len(table), links.a, links.b)
    geometry = table.units.geometry.to_numpy()
    added, gaps_km = [np.empty((0, 2), dtype=np.int32)], [np.empty(0)]
    for rows in parts:
        bridges = nearest_bridges(geometry[rows], piece[rows])
        added.append(np.stack([rows[bridges.a], rows[bridges.b]], axis=1))
        gaps_km.append(bridges.gap_km)
    return np.concatenate(added), np.concatenate(gaps_km)


def _added(pairs: IntArray, gaps_km: FloatArray, table: UnitTable) -> list[Finding]:
    ids = table.ids
    return [
        Finding(
            Level.NOTE,
            "bridge-added",
            f"{ids[a]} and {ids[b]} were made neighbours over a gap of {km:.1f} km.",
            field="neighbours.bridges",
            value=f"{ids[a]}, {ids[b]}",
        )
        for (a, b), km in zip(pairs.tolist(), gaps_km.tolist(), strict=True)
    ]


def _without_link(links: RowLinks, barriers: IntArray, label: str, table: UnitTable) -> tuple[Finding, ...]:
    ends = np.sort(barriers, axis=1)
    idle = ends[~np.isin(_keys(*ends.T), _keys(links.a, links.b))]
    if len(idle) == 0:
        return ()
    pairs = [f"{table.ids[a]} - {table.ids[b]}" for a, b in idle.tolist()]
    many = counted(len(pairs), "barrier lies", "barriers lie")
    message = f"In {label} {many} between units that are no neighbours: {some(pairs, range(len(pairs)))}."
    hint = "Maybe an id is wrong."
    return (Finding(Level.WARNING, "idle-barrier", message, hint, label, field="a, b", value=pairs[0]),)
