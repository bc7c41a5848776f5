"""The units that accounts are rolled up to: geographies, times segment where accounts have one, and named accounts."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.places import NOWHERE
from optimizer.graph import IntArray
from scenarios.accounts.matching import Matched
from scenarios.accounts.rows import AccountRows
from scenarios.prepare.unit_table import UnitTable


@dataclass(frozen=True, eq=False)
class RolledUnits:
    """Units and the accounts in them.

    Attributes
    ----------
    table : UnitTable
    row : (n_accounts,) int32
        Row of the units that each account is in; NOWHERE for nobody's.
    is_divided : bool
        Whether several units of the table come from one row of the units' file.
    """

    table: UnitTable
    row: IntArray
    is_divided: bool


def rolled_units(rows: AccountRows, matched: Matched, base: UnitTable, *, keep_empty: bool) -> RolledUnits:
    """Make the units: first those on the map in the order of `base`, then the named accounts.

    Where accounts have a segment and the base has none, a unit is geography x segment and called geography/segment (a
    blank segment leaves the id alone); a geography without accounts stays one unit without a segment, if such are kept.

    Parameters
    ----------
    rows, matched
        The accounts and where they lie in `base`.
    base : UnitTable
        Units before accounts.
    keep_empty : bool
        Whether units without accounts stay.
    """
    segment = _segments(rows, matched, base)
    placed = pd.DataFrame({"row": matched.row, "segment": segment})
    on_map = placed[(matched.row != NOWHERE) & ~rows.is_named].drop_duplicates()
    empty = np.setdiff1d(np.arange(len(base)), on_map["row"]) if keep_empty else np.empty(0, dtype=np.int64)
    left = pd.DataFrame({"row": empty, "segment": base.units["segment"].to_numpy()[empty]})
    made = pd.concat([on_map, left]).sort_values(["row", "segment"], ignore_index=True)
    named = np.flatnonzero(rows.is_named & ((matched.row != NOWHERE) | matched.points.known))
    number = {(row, name): i for i, (row, name) in enumerate(zip(made["row"], made["segment"], strict=True))}
    at = np.array(
        [number.get(pair, NOWHERE) for pair in zip(placed["row"], placed["segment"], strict=True)], dtype=np.int32
    )
    at[rows.is_named] = NOWHERE
    at[named] = len(made) + np.arange(len(named))
    table = UnitTable(
        _units(rows, matched, base, made, named),
        _attributes(rows, matched, base, made, named),
        _file_rows(rows, base, made, named, at),
        base.label,
        rows.label,
    )
    return RolledUnits(table, at, bool(made["row"].duplicated().any()))


def _segments(rows: AccountRows, matched: Matched, base: UnitTable) -> np.ndarray:
    """Return the segment of the unit that each account is in."""
    known = base.units["segment"].to_numpy(dtype=str)
    if rows.document.segment is not None and not (known != "").any():
        return rows.segment.to_numpy(dtype=str)
    return np.append(known, "")[matched.row]


def _units(
    rows: AccountRows, matched: Matched, base: UnitTable, made: pd.DataFrame, named: np.ndarray
) -> gpd.GeoDataFrame:
    on_map = base.units.iloc[made["row"]]
    divided = (on_map["segment"].to_numpy() != made["segment"]).to_numpy()
    unit = on_map["unit"].to_numpy(dtype=object)
    unit[divided] = unit[divided] + "/" + made["segment"].to_numpy(dtype=object)[divided]
    names = rows.name.where(rows.name != "", rows.id)
    points = gpd.points_from_xy(matched.points.lon[named], matched.points.lat[named])
    columns = {
        "unit": (unit, rows.id.iloc[named]),
        "name": (on_map["name"], names.iloc[named]),
        "geography": (on_map["geography"], [""] * len(named)),
        "segment": (made["segment"], rows.segment.iloc[named]),
        "current": (on_map["current"], rows.owner.iloc[named]),
        "tenure": (on_map["tenure"], np.full(len(named), np.nan)),
        "lat": (on_map["lat"], matched.points.lat[named]),
        "lon": (on_map["lon"], matched.points.lon[named]),
        "accounts": (np.zeros(len(made), dtype=np.int64), np.zeros(len(named), dtype=np.int64)),
    }
    together = {name: np.concatenate([np.asarray(first), np.asarray(then)]) for name, (first, then) in columns.items()}
    return gpd.GeoDataFrame(together, geometry=[*on_map.geometry, *points], crs="EPSG:4326")


def _attributes(
    rows: AccountRows, matched: Matched, base: UnitTable, made: pd.DataFrame, named: np.ndarray
) -> pd.DataFrame:
    """Return the columns of the units' table; a named account has its own of that name, else those of its geography."""
    own = base.attributes.astype(object)
    place = matched.row[named]
    inherited = own.reset_index(drop=True).reindex(place).fillna("").reset_index(drop=True)
    for name in own.columns.intersection(rows.frame.columns):
        inherited[name] = rows.frame[name].iloc[named].to_numpy()
    return pd.concat([own.iloc[made["row"]], inherited], ignore_index=True)


def _file_rows(
    rows: AccountRows, base: UnitTable, made: pd.DataFrame, named: np.ndarray, at: IntArray
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the row of each unit in its file; of one that is made of accounts alone, that of its first account."""
    file_row = np.append(base.file_row[made["row"]], rows.frame.index[named] + 1).astype(np.int64)
    held = np.flatnonzero(at != NOWHERE)
    first, account = np.unique(at[held], return_index=True)
    unknown = file_row[first] == 0
    file_row[first[unknown]] = rows.frame.index.to_numpy()[held[account[unknown]]] + 1
    return file_row
