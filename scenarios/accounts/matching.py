"""Which unit each account lies in: by a key, or by the polygon or cell around its place."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.findings import Finding, Level
from geodata.places import NOWHERE, locate, nearest
from geodata.voronoi import cells
from optimizer.graph import IntArray
from optimizer.problem import BoolArray
from scenarios.accounts.keys import Keys
from scenarios.accounts.points import Points, swapped_finding
from scenarios.accounts.rows import AccountRows
from scenarios.accounts.wording import rows_text
from scenarios.document.scenario import PointColumns
from scenarios.near_names import listed
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import counted

COAST_KM = 2.0
"""A place at most this far outside counts as inside the nearest unit: simplified coasts cut off whole streets."""

Texts = npt.NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Matched:
    """Where the accounts are.

    Attributes
    ----------
    row : (n,) int32
        Row of the units, NOWHERE where there is none; for a named account the one it lies in.
    points : Points
        Own place, else the middle of the geography where that is known.
    why : (n,) str
        What keeps an account from a unit, as the end of a sentence; "" where nothing does.
    """

    row: IntArray
    points: Points
    why: Texts


def match_by_key(rows: AccountRows, keys: pd.Series, table: UnitTable) -> tuple[Matched, tuple[Finding, ...]]:
    """Match keys to the ids of units and geographies, recognising damaged ones."""
    places, findings = Keys([*table.units["geography"], *table.ids]).match(keys, rows.label)
    blank = (keys == "").to_numpy()
    why = np.where(blank, "has no key", [f"names {key}, which is no unit" for key in keys])
    nothing = np.full(len(rows), np.nan)
    return _in_segment(rows, places.to_numpy(dtype=str), Points(nothing, nothing), why, table), findings


def match_by_point(
    rows: AccountRows, points: Points, columns: PointColumns, table: UnitTable
) -> tuple[Matched, tuple[Finding, ...]]:
    """Match places to the polygon they lie in, among units that are points to the cell around the nearest.

    Where a place lies in no unit but would with latitude and longitude swapped, they are.
    """
    ground = _Ground.of(table)
    site = ground.locate(points)
    turned = points.known & (site == NOWHERE) & (np.abs(points.lon) <= 90.0)
    turned &= ground.locate(points.swapped(turned)) != NOWHERE
    swapped = listed(swapped_finding(rows, int(i), points, columns) for i in np.flatnonzero(turned))
    points = points.swapped(turned)
    site, ashore = ground.near(points, np.where(turned, ground.locate(points), site))
    places = np.where(site == NOWHERE, "", table.units["geography"].to_numpy(dtype=str)[table.first_rows[site]])
    lies = [
        f"lies in no unit (latitude {lat:g}, longitude {lon:g})"
        for lat, lon in zip(points.lat, points.lon, strict=True)
    ]
    why = np.where(points.known, lies, "has no place")
    return _in_segment(rows, places, points, why, table), (*swapped, *_ashore(rows, ashore, columns))


@dataclass(frozen=True, eq=False)
class _Ground:
    """The geographies as areas, in the order of `UnitTable.first_rows`; `cell` are those around points."""

    area: npt.NDArray[np.object_]
    cell: npt.NDArray[np.object_]

    @classmethod
    def of(cls, table: UnitTable) -> "_Ground":
        shapes = table.units.geometry.to_numpy()[table.first_rows]
        is_point = np.array([shape is not None and shape.geom_type == "Point" for shape in shapes], dtype=np.bool_)
        area, cell = shapes.copy(), np.full(len(shapes), None, dtype=object)
        area[is_point] = None
        if is_point.any():
            place = table.units[["lon", "lat"]].to_numpy()[table.first_rows[is_point]]
            cell[is_point] = cells(place[:, 0], place[:, 1]).polygons
        return cls(area, cell)

    def locate(self, points: Points) -> IntArray:
        """Return the geography around each place, a polygon before a cell; NOWHERE outside of all."""
        inside = locate(points.lon, points.lat, self.area)
        return np.where(inside != NOWHERE, inside, locate(points.lon, points.lat, self.cell)).astype(np.int32)

    def near(self, points: Points, site: IntArray) -> tuple[IntArray, BoolArray]:
        """Return the geographies with places just off the shore brought to the nearest one, and which these are."""
        away = points.known & (site == NOWHERE)
        shapes = np.where(self.cell == None, self.area, self.cell)  # noqa: E711
        close, gap_km = nearest(np.where(away, points.lon, np.nan), points.lat, shapes)
        ashore = np.asarray(away & (gap_km <= COAST_KM), dtype=np.bool_)
        return np.where(ashore, close, site).astype(np.int32), ashore


def _in_segment(rows: AccountRows, places: Texts, points: Points, why: Texts, table: UnitTable) -> Matched:
    """Return the row of each account's segment at its place; named accounts need the place only."""
    find = _Finder(table, by_segment=rows.document.segment is not None)
    pairs = list(zip(places.tolist(), rows.segment.tolist(), rows.is_named.tolist(), strict=True))
    found = {pair: find(*pair) for pair in dict.fromkeys(pairs)}
    row = np.array([found[pair][0] for pair in pairs], dtype=np.int32)
    reasons = np.array([found[pair][1] for pair in pairs], dtype=str)
    middle = find.middle(places)
    points = Points(np.where(points.known, points.lat, middle[:, 1]), np.where(points.known, points.lon, middle[:, 0]))
    return Matched(row, points, np.where(row != NOWHERE, "", np.where(places == "", why, reasons)))


class _Finder:
    """The rows of units by place and segment."""

    def __init__(self, table: UnitTable, *, by_segment: bool) -> None:
        self._table = table
        self._segment = table.units["segment"].to_numpy(dtype=str)
        self._by_segment = by_segment and bool((self._segment != "").any())
        rows = pd.Series(np.arange(len(table)))
        self._by_geography = rows.groupby(table.units["geography"].to_numpy()).indices
        self._by_unit = {unit: i for i, unit in enumerate(table.ids)}

    def __call__(self, place: str, segment: str, is_named: bool) -> tuple[int, str]:
        """Return the row, and what is wrong where there is none."""
        rows = self._by_geography.get(place)
        if rows is None:
            return self._by_unit.get(place, NOWHERE), ""
        if is_named:
            return int(rows[0]), ""
        if self._by_segment:
            rows = rows[self._segment[rows] == segment]
        if len(rows) == 1:
            return int(rows[0]), ""
        if len(rows) == 0:
            return NOWHERE, f"lies in {place}, which has no unit of the segment {segment or '(blank)'}"
        return NOWHERE, f"lies in {place}, where {len(rows)} units are"

    def middle(self, places: Texts) -> npt.NDArray[np.float64]:
        """Return lon, lat of each place, NaN where there is none."""
        lonlat = self._table.units[["lon", "lat"]].to_numpy(dtype=np.float64)
        first = {place: int(rows[0]) for place, rows in self._by_geography.items()}
        row = [first.get(place, self._by_unit.get(place, NOWHERE)) for place in places.tolist()]
        return np.vstack([lonlat, np.full((1, 2), np.nan)])[row]


def _ashore(rows: AccountRows, ashore: BoolArray, columns: PointColumns) -> Iterator[Finding]:
    if ashore.any():
        index = rows.frame.index[ashore]
        many = counted(len(index), "account lies", "accounts lie")
        message = f"{many} at most {COAST_KM:g} km outside of every unit, counted in the nearest: {rows_text(index)}."
        field = f"{columns.lat}, {columns.lon}"
        yield Finding(Level.NOTE, "coast-account", message, "", rows.label, int(index[0]) + 1, field)
