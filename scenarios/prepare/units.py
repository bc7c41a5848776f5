"""The units table: rows, names, places and today's owners, with everything doubtful listed."""

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata import sphere
from geodata.arrays import GeometryArray
from geodata.findings import Finding, Level
from geodata.repair import repair
from optimizer.problem import FloatArray
from scenarios.document.scenario import Units
from scenarios.near_names import listed
from scenarios.prepare.geography import join_geography
from scenarios.prepare.points import read_points
from scenarios.prepare.unit_ids import name_units
from scenarios.prepare.unit_rows import UnitRows, read_rows
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import counted
from scenarios.tables.numbers import parse_numbers
from scenarios.tables.table import column

LONGEST_TENURE = 100.0
"""Years; more than anybody has held a unit."""


def read_units(units: Units, folder: Path) -> tuple[UnitTable, tuple[Finding, ...]]:
    """Read the units.

    A unit lies where its polygon has its centre of area on the sphere, or at its point.

    Parameters
    ----------
    units : Units
    folder : Path
        Folder that file names are relative to.

    Returns
    -------
    table : UnitTable
        Empty where the file cannot be read; lat and lon are NaN where a place is missing, which is an error.
    findings : tuple of Finding
    """
    rows, found = read_rows(folder / units.file, units.file, units.sheet)
    names, unnamed = name_units(rows.frame, rows.label, units)
    if rows.frame.empty:
        return _table(rows, names, np.empty(0, dtype=object), np.empty(0)), found
    names, geometry, misplaced = _geometry(rows, names, units, folder)
    tenure, wrong_years = _tenure(rows, units)
    placeless = () if any(f.level is Level.ERROR for f in misplaced) else listed(_placeless(rows, names, geometry))
    table = _table(rows, names, geometry, tenure)
    return table, (*found, *unnamed, *misplaced, *placeless, *_moved_apart(table), *wrong_years)


def _geometry(
    rows: UnitRows, names: pd.DataFrame, units: Units, folder: Path
) -> tuple[pd.DataFrame, GeometryArray, tuple[Finding, ...]]:
    """Return the names with the geographies' own ids, the shapes, and findings."""
    if units.geography is not None:
        ids, geometry, findings = join_geography(names["geography"], rows.label, units.geography, folder)
        unused = () if rows.geometry is None else (_unused(rows.label),)
        return names.assign(geography=ids), geometry, (*findings, *unused)
    if rows.geometry is not None:
        return names, *repair(rows.geometry, names["unit"].tolist(), rows.label)
    return names, *read_points(rows.frame, rows.label, units)


def _unused(label: str) -> Finding:
    message = f"The shapes in {label} are not used, since units.geography names another map."
    return Finding(Level.NOTE, "unused-geometry", message, "", label, field="units.geography")


def _tenure(rows: UnitRows, units: Units) -> tuple[FloatArray, tuple[Finding, ...]]:
    if units.tenure is None:
        return np.full(len(rows.frame), np.nan), ()
    cells, missing = column(rows.frame, units.tenure, rows.label, "units.tenure")
    years, wrong = parse_numbers(cells, rows.label, units.tenure, blank=np.nan, low=0.0, high=LONGEST_TENURE)
    return years, (*missing, *wrong)


def _table(rows: UnitRows, names: pd.DataFrame, geometry: GeometryArray, tenure: FloatArray) -> UnitTable:
    place = sphere.centroids(geometry)
    columns = {name: names[name].to_numpy() for name in names.columns}
    units = gpd.GeoDataFrame(
        {**columns, "tenure": tenure, "lat": place[:, 1], "lon": place[:, 0], "accounts": 0},
        geometry=list(geometry),
        crs="EPSG:4326",
    )
    file_row = rows.frame.index.to_numpy(dtype=np.int64) + 1
    return UnitTable(units, rows.frame.reset_index(drop=True), file_row, rows.label)


def _placeless(rows: UnitRows, names: pd.DataFrame, geometry: GeometryArray) -> Iterator[Finding]:
    empty = np.array([shape is None or shape.is_empty for shape in geometry], dtype=np.bool_)
    missing = names["unit"][empty]
    for index, unit in zip(missing.index.tolist(), missing.tolist(), strict=True):
        message = f"The unit {unit} has no geometry, so nothing is known of its place and neighbours."
        hint = "Maybe draw it, or give lat and lon in a table."
        yield Finding(Level.ERROR, "no-place", message, hint, rows.label, index + 1, "geometry", unit)


def _moved_apart(table: UnitTable) -> Iterator[Finding]:
    """Yield geographies whose units (one a segment) lie at different places; links follow the first of them."""
    places = table.units[["geography", "lat", "lon"]]
    first = places.groupby("geography", sort=False)[["lat", "lon"]].transform("first")
    apart = (np.abs(first - places[["lat", "lon"]]) > 1e-6).any(axis=1).to_numpy()
    for row in np.flatnonzero(apart)[:1]:
        name = table.units["geography"].iloc[row]
        many = counted(int(apart.sum()), "unit lies", "units lie")
        message = f"{many} elsewhere than the first of the same geography, e.g. in {name}."
        hint = "Maybe they are different geographies that need ids of their own."
        file_row = int(table.file_row[row])
        yield Finding(Level.WARNING, "geography-moved", message, hint, table.label, file_row, "geometry", name)
