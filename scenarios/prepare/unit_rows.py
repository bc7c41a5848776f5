"""The rows of a units file, whether it is a table or a map."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geodata.arrays import GeometryArray
from geodata.findings import Finding, InputError
from geodata.layers.layers import is_map_file, read_layer
from scenarios.tables.table import read_table


@dataclass(frozen=True, eq=False)
class UnitRows:
    """Rows as text, and their geometry where the file is a map.

    Attributes
    ----------
    frame : DataFrame
        Text cells; index + 1 is the row or feature in the file.
    geometry : (n,) object or None
        Geometries in longitude and latitude (None where a feature has none); None for a table.
    label : str
        The file's name in the scenario.
    """

    frame: pd.DataFrame
    geometry: GeometryArray | None
    label: str


def read_rows(path: Path, label: str, sheet: str | None = None) -> tuple[UnitRows, tuple[Finding, ...]]:
    """Read a table or a map; no rows where the file cannot be used, with an error."""
    if not is_map_file(path):
        table = read_table(path, label, sheet)
        return UnitRows(table.frame, None, label), table.findings
    try:
        layer = read_layer(path, label)
    except InputError as error:
        return UnitRows(pd.DataFrame(), None, label), error.findings
    frame = pd.DataFrame(layer.frame.drop(columns=layer.frame.geometry.name))
    return UnitRows(frame, layer.frame.geometry.to_numpy(), label), layer.findings
