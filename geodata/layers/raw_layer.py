"""What every reader of a map format returns, and how it refuses a file."""

from dataclasses import dataclass
from typing import NoReturn

import pandas as pd
import pyproj

from geodata.arrays import GeometryArray
from geodata.findings import Finding, InputError, Level


@dataclass(frozen=True, eq=False)
class RawLayer:
    """The features of a file before they are checked and moved to longitude and latitude.

    Attributes
    ----------
    attributes : DataFrame
        One row a feature, every value a text; "" where the file has none.
    geometry : (n,) object
        Shapely geometries in the file's own coordinates; None where there is none.
    crs : pyproj.CRS or None
        The declared coordinate reference system.
    findings : tuple of Finding
        What was doubtful about single features.
    """

    attributes: pd.DataFrame
    geometry: GeometryArray
    crs: pyproj.CRS | None
    findings: tuple[Finding, ...] = ()


def refuse(code: str, label: str, message: str, hint: str, *, value: str = "", row: int | None = None) -> NoReturn:
    """Raise the InputError of a file of which nothing can be used."""
    raise InputError([Finding(Level.ERROR, code, message, hint, file=label, row=row, value=value)])
