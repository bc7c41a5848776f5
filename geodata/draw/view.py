"""Everything a drawing needs, as tables and text: no solver, no scenario."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

UNIT_COLUMNS = (
    "unit",
    "name",
    "segment",
    "territory",
    "share",
    "current",
    "change",
    "locked",
    "reason",
    "fit",
    "geometry",
)
TERRITORY_COLUMNS = (
    "territory",
    "name",
    "rep",
    "units",
    "mean_km",
    "max_km",
    "fit",
    "moved",
    "pieces",
    "home_lon",
    "home_lat",
)
LOAD_COLUMNS = ("territory", "measure", "load", "target", "index", "in_band")
CHANGES = ("kept", "moved", "new")


class ViewError(ValueError):
    """The tables of a view do not fit together."""


@dataclass(frozen=True)
class KeyFigure:
    """One figure of the headline: "18 of 20", "territories in band", "today 9"."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """A measure as it is shown: its unit ("h", "USD", may be empty) and its band, a share of the target."""

    name: str
    unit: str = ""
    tolerance: float | None = None


@dataclass(frozen=True, eq=False)
class Alignment:
    """The territories of one plan, today's or the proposed one.

    Attributes
    ----------
    territories : DataFrame
        One row a territory, in the order shown: territory (code), name, rep, units (count), mean_km, max_km,
        fit (0..1), moved (count), pieces (count), home_lon, home_lat. Figures that are unknown are NaN.
    loads : DataFrame
        One row a territory and measure: territory, measure, load, target, index, in_band (bool; None where the
        measure has no band).
    facts : mapping of str to tuple of str
        Further facts of the territories, such as quotas: a text for each, in their order, by the fact's name.
    """

    territories: pd.DataFrame
    loads: pd.DataFrame
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def figures(self, measures: Sequence[str]) -> pd.DataFrame:
        """Return load, target, index (NaN where unknown) and in_band for every territory and measure, in order."""
        wanted = pd.MultiIndex.from_product([self.territories["territory"], measures], names=["territory", "measure"])
        found = self.loads.drop_duplicates(["territory", "measure"]).set_index(["territory", "measure"]).reindex(wanted)
        numbers = found[["load", "target", "index"]].astype(float)
        flags = [None if pd.isna(flag) else bool(flag) for flag in found["in_band"]]
        return numbers.assign(in_band=pd.Series(flags, index=numbers.index, dtype=object))


@dataclass(frozen=True, eq=False)
class MapView:
    """What is drawn.

    Attributes
    ----------
    title, subtitle : str
        The plan's name; a short line below it, such as the year.
    date : str
        When the plan was made or applies, as text; empty where the bytes must not change.
    gap : str
        How good the plan is proven to be, one sentence; empty where nothing is proven.
    summary : str
        One paragraph for leadership.
    figures : tuple of KeyFigure
        The headline, at most six.
    measures : tuple of Measure
        In the order shown.
    units : GeoDataFrame
        EPSG:4326, one row a line of plan.csv: unit, name, segment ("" for none), territory (code, "" for
        nobody), share, current (code of today's territory, or the rep's id where no territory is left, "" for
        nobody), change (kept | moved | new), locked (bool), reason, fit (0..1 or NaN), geometry (polygon, point or
        None). Rows with the same geometry are drawn as one cell.
    amounts : DataFrame
        One column a measure, rows as `units`, in the customer's units.
    proposed : Alignment
        Territories of the column `territory`.
    today : Alignment or None
        Territories of the column `current`; None where there is no plan of today.
    bridges : tuple of (lon_a, lat_a, lon_b, lat_b)
        Added links between pieces, drawn dashed.
    broken, findings : tuple of str
        Broken hard rules and findings, each one sentence.
    attribution : str
        Where the geography comes from.
    """

    title: str
    subtitle: str
    date: str
    gap: str
    summary: str
    figures: tuple[KeyFigure, ...]
    measures: tuple[Measure, ...]
    units: gpd.GeoDataFrame
    amounts: pd.DataFrame
    proposed: Alignment
    today: Alignment | None = None
    bridges: tuple[tuple[float, float, float, float], ...] = ()
    broken: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    attribution: str = ""

    def __post_init__(self) -> None:
        """Check that the tables fit together."""
        _need_columns("units", self.units, UNIT_COLUMNS)
        _need_columns("amounts", self.amounts, tuple(m.name for m in self.measures))
        if len(self.amounts) != len(self.units):
            raise ViewError(f"amounts has {len(self.amounts)} rows, units {len(self.units)}. Maybe one was filtered.")
        if self.units.crs is not None and self.units.crs.to_epsg() != 4326:
            raise ViewError(f"units are in {self.units.crs.name}. Maybe call to_crs(4326) first.")
        for column in ("unit", "name", "segment", "territory", "current", "reason"):
            if self.units[column].isna().any():
                raise ViewError(f"units.{column} has no text in some row. Maybe fill it with an empty text.")
        _need_known("change", self.units["change"], set(CHANGES))
        _need_alignment("proposed", self.proposed, self.units["territory"])
        if self.today is not None:
            _need_alignment("today", self.today, self.units["current"])


def _need_columns(table: str, frame: pd.DataFrame, columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ViewError(f"{table} lacks {', '.join(missing)}. Maybe the file was written by an older version.")


def _need_known(column: str, values: pd.Series, known: set[str]) -> None:
    unknown = sorted(set(values) - known)
    if unknown:
        raise ViewError(
            f"units.{column} holds {unknown[0]!r}, which is not known. Maybe plan and report are of two runs."
        )


def _need_alignment(name: str, alignment: Alignment, codes: pd.Series) -> None:
    _need_columns(f"{name}.territories", alignment.territories, TERRITORY_COLUMNS)
    _need_columns(f"{name}.loads", alignment.loads, LOAD_COLUMNS)
    twice = alignment.territories["territory"][alignment.territories["territory"].duplicated()]
    if len(twice):
        raise ViewError(f"{name}.territories lists {twice.iloc[0]!r} twice. Maybe two files were joined.")
    _need_known(str(codes.name), codes, {"", *alignment.territories["territory"]})
