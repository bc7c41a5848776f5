"""Where units stand that are made of accounts alone: a bundled geography, or the accounts' own places."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.arrays import GeometryArray
from geodata.findings import Finding, Level
from geodata.layers.bundled import ID_COLUMNS, bundled_layer
from geodata.places import NOWHERE
from geodata.sphere import centroids
from optimizer.graph import IntArray
from scenarios.accounts.keys import Keys
from scenarios.accounts.points import Points
from scenarios.accounts.rows import AccountRows
from scenarios.prepare.unit_table import UnitTable

LOOKED_UP = {"us-zips": ("zip", "post"), "us-counties": ("county", "fips", "geoid")}
"""Bundled geographies, the one that is taken among equals first, and words in a header that speak for each."""
ENOUGH = 0.5
"""Share of the distinct keys that a geography must know to be taken for the one that is meant."""


def bundled_base(rows: AccountRows, keys: pd.Series) -> tuple[UnitTable, tuple[Finding, ...]]:
    """Return the bundled geography that knows most of the keys, as units; none, with an error, where none does."""
    distinct = [key for key in keys.unique() if key]
    frames = {name: bundled_layer(name).frame for name in LOOKED_UP}
    known = {name: Keys(frame[ID_COLUMNS[name]]) for name, frame in frames.items()}
    share = {
        name: sum(known[name].find(key)[0] != "" for key in distinct) / max(len(distinct), 1) for name in LOOKED_UP
    }
    field = str(keys.name)
    best = max(LOOKED_UP, key=lambda name: (share[name], any(word in field.casefold() for word in LOOKED_UP[name])))
    if share[best] < ENOUGH:
        message = f"Nothing says where the places in {field} of {rows.label} are, since no units are given."
        hint = "Maybe add `units` with a map file, or name latitude and longitude in accounts.geography."
        error = Finding(Level.ERROR, "no-places", message, hint, rows.label, field="accounts.geography", value=field)
        return _table(rows, [], [], np.empty(0, dtype=object)), (error,)
    message = f"No units are given, so {field} was looked up in {best}, which knows {share[best]:.0%} of its values."
    note = Finding(Level.NOTE, "guessed-geography", message, "", rows.label, field=field, value=best)
    frame = frames[best]
    ids = frame[ID_COLUMNS[best]].tolist()
    names = (frame["name"] + ", " + frame["state"]).tolist() if "name" in frame else ids
    return _table(rows, ids, names, frame.geometry.to_numpy()), (note,)


def point_base(rows: AccountRows, points: Points) -> tuple[UnitTable, IntArray]:
    """Return the different places of the accounts as units, and the row of each account's, NOWHERE without a place.

    A unit is called like the first account there. Named accounts are not among them.
    """
    here = np.flatnonzero(points.known & ~rows.is_named)
    place = np.stack([points.lon[here], points.lat[here]], axis=1)
    _, at, of = np.unique(place, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(at)
    row = np.full(len(rows), NOWHERE, dtype=np.int32)
    row[here] = np.argsort(order)[of]
    first = here[at[order]]
    shapes: GeometryArray = np.array(gpd.points_from_xy(points.lon[first], points.lat[first]), dtype=object)
    ids, names = rows.id.iloc[first], rows.name.iloc[first]
    return _table(rows, ids.tolist(), names.where(names != "", ids).tolist(), shapes), row


def _table(rows: AccountRows, ids: Sequence[str], names: Sequence[str], geometry: GeometryArray) -> UnitTable:
    place = centroids(geometry)
    blank = [""] * len(ids)
    columns = {"unit": ids, "name": names, "geography": ids, "segment": blank, "current": blank}
    units = gpd.GeoDataFrame(
        {**columns, "tenure": np.nan, "lat": place[:, 1], "lon": place[:, 0], "accounts": 0},
        geometry=list(geometry),
        crs="EPSG:4326",
    )
    nothing = pd.DataFrame(index=range(len(ids)))
    return UnitTable(units, nothing, np.zeros(len(ids), dtype=np.int64), rows.label, rows.label)
