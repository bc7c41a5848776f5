"""Units and accounts as rows that can be compared by id."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from geodata.arrays import GeometryArray
from optimizer.graph import IntArray
from optimizer.problem import FloatArray
from scenarios.accounts.amounts import ACCOUNTS, account_amounts
from scenarios.accounts.keys import Keys
from scenarios.accounts.points import read_points
from scenarios.accounts.rows import read_account_rows
from scenarios.document.scenario import PointColumns
from scenarios.prepare.measures import measure_names
from scenarios.prepare.reading import Inputs
from scenarios.reading.source import Source

UNIT, ACCOUNT = "unit", "account"


@dataclass(frozen=True, eq=False)
class Records:
    """Units or accounts in the order of their file.

    Attributes
    ----------
    of : str
        UNIT or ACCOUNT.
    ids, files, names, owners, places, segments : tuple of str
        Same length; files are named as in the scenario; records at the same place share the text of their place, which
        is "" where it is unknown.
    amounts : mapping
        (n,) float64 by measure.
    file_row : (n,) int
        Row in the file, 1 = first.
    lonlat : (n, 2) float64
        NaN where unknown.
    shapes : (n,) object or None
        Polygons or points of units.
    """

    of: str
    ids: tuple[str, ...]
    files: tuple[str, ...]
    names: tuple[str, ...]
    owners: tuple[str, ...]
    places: tuple[str, ...]
    segments: tuple[str, ...]
    amounts: Mapping[str, FloatArray]
    file_row: IntArray
    lonlat: FloatArray
    shapes: GeometryArray | None

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.ids)

    def with_file(self, written: str, told: str) -> "Records":
        """Return the records with one file told by another name."""
        return replace(self, files=tuple(told if name == written else name for name in self.files))

    @cached_property
    def at(self) -> Mapping[str, int]:
        """Position of each id."""
        return {name: i for i, name in enumerate(self.ids)}


def unit_records(source: Source, inputs: Inputs) -> Records:
    """Return the units of a scenario; a unit's place is its geography, where that is not its own id, or its middle."""
    table, names = inputs.table, measure_names(source.scenario.measures)
    units = table.units
    lonlat = units[["lon", "lat"]].to_numpy(dtype=np.float64)
    keyed = source.scenario.units is not None and source.scenario.units.geography is not None
    geography = units["geography"].tolist()
    return Records(
        of=UNIT,
        ids=tuple(table.ids),
        files=tuple(table.file_of(row) for row in range(len(table))),
        names=_texts(units["name"]),
        owners=_texts(units["current"]),
        places=tuple(
            name if keyed and name else place for name, place in zip(geography, _place_texts(lonlat), strict=True)
        ),
        segments=_texts(units["segment"]),
        amounts={
            name: row for name, row in zip(names, inputs.amounts, strict=True) if name in source.scenario.measures
        },
        file_row=table.file_row.astype(np.int32),
        lonlat=lonlat,
        shapes=units.geometry.to_numpy(),
    )


def account_records(source: Source, inputs: Inputs) -> Records:
    """Return the accounts of a scenario that has some; their place is their key, else latitude and longitude."""
    accounts = source.scenario.accounts
    if accounts is None or inputs.accounts is None:
        raise ValueError("the scenario has no accounts")
    rows, _ = read_account_rows(accounts, source.folder)
    amounts, _ = account_amounts(rows, source.scenario, [str(name) for name in inputs.table.attributes.columns])
    lonlat = np.full((len(rows), 2), np.nan)
    if isinstance(accounts.geography, PointColumns):
        points, _ = read_points(rows, accounts.geography)
        lonlat = np.stack([points.lon, points.lat], axis=1)
        places = _place_texts(lonlat)
    else:
        keys = rows.frame[accounts.geography]
        known, _ = Keys([*inputs.table.units["geography"], *inputs.table.ids]).match(keys, rows.label)
        places = _texts(known.where(known != "", keys))
    return Records(
        of=ACCOUNT,
        ids=_texts(rows.id),
        files=(rows.label,) * len(rows),
        names=_texts(rows.name),
        owners=_texts(inputs.accounts["owner"]),
        places=places,
        segments=_texts(rows.segment),
        amounts={name: amount for name, amount in amounts.items() if name != ACCOUNTS},
        file_row=rows.frame.index.to_numpy(dtype=np.int32) + 1,
        lonlat=lonlat,
        shapes=None,
    )


def _texts(values: object) -> tuple[str, ...]:
    return tuple(map(str, values))  # type: ignore[call-overload]


def _place_texts(lonlat: FloatArray) -> tuple[str, ...]:
    """Return places to about ten metres."""
    return tuple("" if np.isnan([x, y]).any() else f"{y:.4f}, {x:.4f}" for x, y in lonlat.tolist())
