"""The units as they were read, and how other files name them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd

from optimizer.graph import IntArray
from optimizer.problem import BoolArray, FloatArray
from scenarios.accounts.crm_ids import bare_id
from scenarios.accounts.keys import Keys
from scenarios.prepare.id_offers import IdOffers

OWN_COLUMNS = ("unit", "name", "geography", "segment", "current")
"""Columns of `UnitTable.units` that `where` may ask for besides the customer's own."""


@dataclass(frozen=True, eq=False)
class UnitTable:
    """One row a unit, split units not yet split.

    Attributes
    ----------
    units : GeoDataFrame
        As `Case.units`; the geography of a named account is "".
    attributes : DataFrame
        The customer's own columns as text, same rows.
    file_row : (n_rows,) int64
        Row in the file, 1 = first.
    label : str
        The file's name in the scenario.
    accounts_label : str
        Name of the file that named accounts come from.
    rolled : mapping
        Measures and budgets rolled up from accounts, (n_rows,) float64 by name.
    groups : mapping
        Rows that share a value of a column of the accounts, by the column's name.
    """

    units: gpd.GeoDataFrame
    attributes: pd.DataFrame
    file_row: np.ndarray[tuple[int], np.dtype[np.int64]]
    label: str
    accounts_label: str = ""
    rolled: Mapping[str, FloatArray] = field(default_factory=dict)
    groups: Mapping[str, tuple[IntArray, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.units)

    @cached_property
    def ids(self) -> list[str]:
        """The unit ids, in order."""
        return [str(unit) for unit in self.units["unit"]]

    @cached_property
    def on_map(self) -> BoolArray:
        """Which units lie in a geography, (n_rows,) bool: all but named accounts."""
        return np.asarray(self.units["geography"] != "", dtype=np.bool_)

    @cached_property
    def geography(self) -> IntArray:
        """Number of each unit's geography in the order met, (n_rows,) int32; -1 for named accounts."""
        codes, _ = pd.factorize(self.units["geography"].where(self.on_map))
        return np.asarray(codes, dtype=np.int32)

    @cached_property
    def first_rows(self) -> IntArray:
        """The first unit of each geography, ascending."""
        rows = np.flatnonzero(self.on_map)
        return rows[np.unique(self.geography[rows], return_index=True)[1]].astype(np.int32)

    def file_of(self, row: int) -> str:
        """Return the file that a unit comes from; `file_row` is a row of it."""
        return self.label if self.on_map[row] else self.accounts_label

    def rows_of(self, name: str) -> IntArray | None:
        """Return the rows that an id in another file means, None where it is unknown.

        A unit id means that unit. Any other id is looked up among the geographies and means all units there (one a
        segment). A named account is found by the short and by the long form of its record id.
        """
        rows = self._rows_by_name.get(name)
        return self._rows_by_record.get(bare_id(name)) if rows is None else rows

    def cells(self, column: str) -> pd.Series | None:
        """Return a column as text: the customer's own, else one of OWN_COLUMNS; None where it is unknown."""
        if column in self.attributes.columns:
            return self.attributes[column]
        return self.units[column] if column in OWN_COLUMNS else None

    @property
    def columns(self) -> list[str]:
        """Names of all columns that `cells` knows."""
        return list(dict.fromkeys([*self.attributes.columns, *OWN_COLUMNS]))

    @cached_property
    def offers(self) -> IdOffers:
        """What unknown ids probably stand for."""
        return IdOffers(self._rows_by_name)

    @cached_property
    def keys(self) -> Keys:
        """Every id that `rows_of` knows, ready to recognise damaged ones."""
        return Keys(self._rows_by_name)

    @cached_property
    def _rows_by_record(self) -> dict[str, IntArray]:
        named = np.flatnonzero(~self.on_map).astype(np.int32)
        return {bare_id(self.ids[row]): named[i : i + 1] for i, row in enumerate(named.tolist())}

    @cached_property
    def _rows_by_name(self) -> dict[str, IntArray]:
        rows = np.arange(len(self.units), dtype=np.int32)
        by_geography = pd.Series(rows).groupby(self.units["geography"].to_numpy(), sort=False).indices
        names = {str(name): np.asarray(found, dtype=np.int32) for name, found in by_geography.items() if name != ""}
        names.update({unit: rows[i : i + 1] for i, unit in enumerate(self.ids)})
        return names
