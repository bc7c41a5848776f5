"""What the map shows, made from plan.geojson and report.json alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.draw.view import Alignment, KeyFigure, MapView, Measure
from scenarios.report.model import Report, TerritoryFigure
from scenarios.report.summary import banded, gap_sentence, in_band_count, mean_travel_km, percent_up, story
from scenarios.report.written import currency, period, tolerance

UNIT_PROPERTIES = ("unit", "name", "segment", "territory", "share", "change", "locked", "reason", "fit")


def map_view(features: Mapping[str, Any], report: Report) -> MapView:
    """Return the view of a plan; raises KeyError or ValueError where the two files are not of one run."""
    frame = gpd.GeoDataFrame.from_features(features["features"], crs="EPSG:4326")
    frame["current"] = frame["current_territory"]
    frame["fit"] = frame["fit"].astype(float)
    names = list(report.territories[0].loads)
    return MapView(
        title=report.name,
        subtitle=period(report),
        date="",
        gap=gap_sentence(report),
        summary=story(report),
        figures=key_figures(report),
        measures=tuple(_measure(report, name) for name in names),
        units=frame[[*UNIT_PROPERTIES, "current", "geometry"]],
        amounts=frame[names].astype(float),
        proposed=replace(_alignment(report.territories), facts=_quota_facts(report)),
        today=None if report.today is None else _alignment(report.today.territories),
        bridges=tuple((a, b, c, d) for a, b, c, d in features["bridges"]),
        broken=tuple(f"{rule.where}: {rule.cause}" for rule in report.broken),
        findings=tuple(finding.message for finding in report.findings if finding.level != "note"),
    )


def key_figures(report: Report) -> tuple[KeyFigure, ...]:
    """Return the headline: bands, what changes hands, travel and proof."""
    return tuple(figure for figure in (_bands(report), *_hands(report), _travel(report), _proof(report)) if figure)


def _bands(report: Report) -> KeyFigure | None:
    total = len(banded(report.territories))
    today = "" if report.today is None else f"today {in_band_count(report.today.territories)}"
    return KeyFigure(f"{in_band_count(report.territories)} of {total}", "territories in band", today) if total else None


def _hands(report: Report) -> tuple[KeyFigure, ...]:
    if report.changes is None:
        return ()
    units, of = report.changes.moved_units, report.changes.units_with_rep
    return (
        KeyFigure(f"{units}", "units change hands", f"of {of}"),
        KeyFigure(f"{report.changes.moved_potential_percent:.1f} %", "of potential changes hands"),
    )


def _travel(report: Report) -> KeyFigure | None:
    proposed = mean_travel_km(report.territories)
    today = mean_travel_km(report.today.territories) if report.today else None
    note = "" if today is None else f"today {today:.1f} km"
    return None if proposed is None else KeyFigure(f"{proposed:.1f} km", "mean distance to the rep", note)


def _proof(report: Report) -> KeyFigure | None:
    if report.gap is None:
        return None
    return KeyFigure(f"{percent_up(report.gap)} %", "proven gap", f"bound: {report.bound_kind}")


def _measure(report: Report, name: str) -> Measure:
    return Measure(name, currency(report) if name == "potential" else "", tolerance(report, name))


def _quota_facts(report: Report) -> dict[str, tuple[str, ...]]:
    """Return quota and incumbent's quota of each territory, as they are shown."""
    facts = {}
    for figure in report.quotas or ():
        if figure.possible:
            unit = _measure(report, figure.measure).unit
            title = f"Quota, {unit}" if unit else f"Quota of {figure.measure}"
            facts[title] = tuple(f"{seat.quota:,.12g}" for seat in figure.territories)
            facts[f"{title}, incumbent"] = tuple(f"{seat.incumbent_quota:,.12g}" for seat in figure.territories)
    return facts


def _alignment(rows: Sequence[TerritoryFigure]) -> Alignment:
    return Alignment(
        territories=pd.DataFrame(
            {
                "territory": [row.territory for row in rows],
                "name": [row.name for row in rows],
                "rep": [row.rep_name or row.rep or "" for row in rows],
                **{key: _column(rows, key) for key in ("units", "mean_km", "max_km", "fit", "moved", "pieces")},
                "home_lon": _column(rows, "home_lon"),
                "home_lat": _column(rows, "home_lat"),
            }
        ),
        loads=pd.DataFrame(
            [
                (row.territory, measure, load.load, load.target, load.index, load.in_band)
                for row in rows
                for measure, load in row.loads.items()
            ],
            columns=["territory", "measure", "load", "target", "index", "in_band"],
        ),
    )


def _column(rows: Sequence[TerritoryFigure], name: str) -> "pd.Series[float]":
    return pd.Series([getattr(row, name) for row in rows], dtype=float)
