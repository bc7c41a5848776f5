"""Places of units given as latitude and longitude."""

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.arrays import GeometryArray
from geodata.findings import Finding, Level
from geodata.sphere import distance_km, to_xyz_m
from optimizer.problem import BoolArray, FloatArray
from scenarios.document.scenario import Units
from scenarios.near_names import listed
from scenarios.tables.numbers import parse_numbers
from scenarios.tables.table import column

FAR_KM = 1000.0
"""Distance from the middle of all rows from which a place may be a mistake."""


def read_points(rows: pd.DataFrame, label: str, units: Units) -> tuple[GeometryArray, tuple[Finding, ...]]:
    """Return a point for each row of a table.

    Parameters
    ----------
    rows : DataFrame
        Text cells; index + 1 is the row in the file.
    label : str
        The file's name.
    units : Units
        Names the columns; lat and lon where it does not.

    Returns
    -------
    points : (n,) object
        None where a cell cannot be used.
    findings : tuple of Finding
        Errors `unknown-column`, `missing-value`, `invalid-number`, `swapped-coordinates`, `out-of-range`; warnings
        `zero-coordinates`, `stray-place`.
    """
    lat_name, lon_name = units.lat or "lat", units.lon or "lon"
    lat_cells, no_lat = column(rows, lat_name, label, "units.lat")
    lon_cells, no_lon = column(rows, lon_name, label, "units.lon")
    nowhere: GeometryArray = np.full(len(rows), None, dtype=object)
    if no_lat or no_lon:
        return nowhere, (*no_lat, *no_lon)
    lat, bad_lat = parse_numbers(lat_cells, label, lat_name)
    lon, bad_lon = parse_numbers(lon_cells, label, lon_name)
    wrong = _wrong_places(lat, lon, rows.index, label, f"{lat_name}, {lon_name}")
    good = (np.abs(lat) <= 90.0) & (np.abs(lon) <= 180.0)
    nowhere[good] = gpd.points_from_xy(lon[good], lat[good])
    wrong += _elsewhere(lat, lon, good, rows.index, label)
    return nowhere, (*bad_lat, *bad_lon, *listed(wrong))


def _wrong_places(lat: FloatArray, lon: FloatArray, rows: pd.Index, label: str, field: str) -> list[Finding]:
    outside = (np.abs(lat) > 90.0) | (np.abs(lon) > 180.0)
    swapped = outside & (np.abs(lat) <= 180.0) & (np.abs(lon) <= 90.0)

    def values(chosen: BoolArray) -> list[tuple[int, str]]:
        return [(int(rows[i]) + 1, f"{lat[i]:g}, {lon[i]:g}") for i in np.flatnonzero(chosen).tolist()]

    return [
        *(_swapped(row, value, label, field) for row, value in values(swapped)),
        *(_outside(row, value, label, field) for row, value in values(outside & ~swapped)),
        *(_zero(row, value, label, field) for row, value in values((lat == 0.0) & (lon == 0.0))),
    ]


def _elsewhere(lat: FloatArray, lon: FloatArray, good: BoolArray, rows: pd.Index, label: str) -> list[Finding]:
    """Return a warning for each row far from all others that would be near them with its coordinates swapped."""
    chosen = np.flatnonzero(good & (np.abs(lon) <= 90.0))
    if len(chosen) == 0:
        return []
    middle_m = to_xyz_m([np.median(lon[good])], [np.median(lat[good])])
    away_km = distance_km(to_xyz_m(lon[chosen], lat[chosen]), middle_m)[:, 0]
    swapped_km = distance_km(to_xyz_m(lat[chosen], lon[chosen]), middle_m)[:, 0]
    stray = chosen[(away_km > FAR_KM) & (swapped_km < away_km / 4.0)]
    return [_stray(int(rows[i]) + 1, f"{lat[i]:g}, {lon[i]:g}", label) for i in stray.tolist()]


def _stray(row: int, value: str, label: str) -> Finding:
    message = f"Row {row} of {label} lies at {value}, far from the middle of all rows, but near it the other way round."
    hint = "Maybe its latitude and longitude are swapped."
    return Finding(Level.WARNING, "stray-place", message, hint, label, row, "lat", value)


def _swapped(row: int, value: str, label: str, field: str) -> Finding:
    message = f"Row {row} of {label} has the latitude and longitude {value}, which exist only the other way round."
    return Finding(Level.ERROR, "swapped-coordinates", message, "Maybe swap the two columns.", label, row, field, value)


def _outside(row: int, value: str, label: str, field: str) -> Finding:
    message = f"Row {row} of {label} has the latitude and longitude {value}; these are no degrees on the globe."
    hint = "Maybe they are coordinates of a projection; give degrees."
    return Finding(Level.ERROR, "out-of-range", message, hint, label, row, field, value)


def _zero(row: int, value: str, label: str, field: str) -> Finding:
    message = f"Row {row} of {label} lies at latitude 0 and longitude 0, in the Gulf of Guinea."
    return Finding(Level.WARNING, "zero-coordinates", message, "Maybe its place is unknown.", label, row, field, value)
