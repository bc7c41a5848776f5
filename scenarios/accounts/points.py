"""Places of accounts given as latitude and longitude: doubtful ones are told and left open, never trusted."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.problem import BoolArray, FloatArray
from scenarios.accounts.rows import AccountRows
from scenarios.document.scenario import PointColumns
from scenarios.near_names import listed, plain
from scenarios.tables.columns import Column
from scenarios.tables.numbers import parse_numbers
from scenarios.tables.table import column

_USUAL = (("billinglatitude", "billinglongitude"), ("latitude", "longitude"), ("lat", "lon"), ("lat", "lng"))
"""Headers under which exports hold a place, without case and punctuation."""


@dataclass(frozen=True, eq=False)
class Points:
    """Places in degrees, (n,) float64 each; NaN where unknown."""

    lat: FloatArray
    lon: FloatArray

    @property
    def known(self) -> BoolArray:
        """Which accounts have a place."""
        return np.asarray(np.isfinite(self.lat) & np.isfinite(self.lon), dtype=np.bool_)

    def swapped(self, chosen: BoolArray) -> "Points":
        """Return the places with latitude and longitude swapped for the chosen accounts."""
        return Points(np.where(chosen, self.lon, self.lat), np.where(chosen, self.lat, self.lon))


def read_points(rows: AccountRows, columns: PointColumns) -> tuple[Points, tuple[Finding, ...]]:
    """Read the places of all accounts.

    What can't be a place (no number, half a place, off the globe, 0 and 0) is a warning and leaves the account without
    one; degrees that exist only the other way round are swapped, with a warning.
    """
    lat_cells, no_lat = column(rows.frame, columns.lat, rows.label, "accounts.geography.lat")
    lon_cells, no_lon = column(rows.frame, columns.lon, rows.label, "accounts.geography.lon")
    if no_lat or no_lon:
        nothing = np.full(len(rows), np.nan)
        return Points(nothing, nothing), (*no_lat, *no_lon)
    lat, about_lat = parse_numbers(lat_cells, rows.label, columns.lat, blank=np.nan)
    lon, about_lon = parse_numbers(lon_cells, rows.label, columns.lon, blank=np.nan)
    told = tuple(_mild(finding) for finding in (*about_lat, *about_lon))
    points = Points(lat, lon)
    with np.errstate(invalid="ignore"):
        off = (np.abs(lat) > 90.0) | (np.abs(lon) > 180.0)
        turned = off & (np.abs(lat) <= 180.0) & (np.abs(lon) <= 90.0)
    half = ((lat_cells == "") != (lon_cells == "")).to_numpy()
    zero = (lat == 0.0) & (lon == 0.0)
    cells = Column(lat_cells, rows.label, columns.lat)
    doubtful = [
        *_each(cells, half, "missing-value", "and its longitude are half a place", "Maybe fill in both."),
        *_each(cells, off & ~turned, "out-of-range", "and its longitude are not on the globe", "Maybe give degrees."),
        *_each(
            cells, zero, "zero-coordinates", "and its longitude 0 lie in the Gulf of Guinea", "Maybe leave both empty."
        ),
        *(swapped_finding(rows, int(i), points, columns) for i in np.flatnonzero(turned)),
    ]
    lost = half | (off & ~turned) | zero
    placed = Points(np.where(lost, np.nan, lat), np.where(lost, np.nan, lon)).swapped(turned)
    return placed, (*told, *listed(doubtful))


def usual_columns(frame: pd.DataFrame) -> PointColumns | None:
    """Return the columns that hold places by the headers that exports give them, None without any."""
    headers = {plain(str(name)): str(name) for name in frame.columns}
    return next(
        (PointColumns(lat=headers[lat], lon=headers[lon]) for lat, lon in _USUAL if {lat, lon} <= headers.keys()), None
    )


def swapped_finding(rows: AccountRows, position: int, points: Points, columns: PointColumns) -> Finding:
    """Return the warning that an account's latitude and longitude were swapped; `points` are as written."""
    row, value = rows.row(position), f"{points.lat[position]:g}, {points.lon[position]:g}"
    message = (
        f"{rows.label}, row {row}: the latitude and longitude {value} are swapped and were read the other way round."
    )
    field = f"{columns.lat}, {columns.lon}"
    hint = "Maybe swap the two cells."
    return Finding(Level.WARNING, "swapped-coordinates", message, hint, rows.label, row, field, value)


def _mild(finding: Finding) -> Finding:
    """Return the finding, an error as a warning: an account without a place is dealt with by its own rule."""
    return replace(finding, level=Level.WARNING) if finding.level is Level.ERROR else finding


def _each(cells: Column, chosen: BoolArray, code: str, wrong: str, hint: str) -> list[Finding]:
    return [cells.bad(int(i), code, wrong, hint, Level.WARNING) for i in np.flatnonzero(chosen)]
