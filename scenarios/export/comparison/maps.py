"""The maps of a comparison: today's plan and every other, of the same units."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd

from geodata.draw.linked import LinkedPlan, LinkedView
from scenarios.compare.model import TODAY
from scenarios.compare.side import Side
from scenarios.report.model import TerritoryFigure


def linked_view(sides: Sequence[Side]) -> LinkedView:
    """Return what the linked maps show; units that only one plan has stand on all maps."""
    features = _features(sides)
    frame = gpd.GeoDataFrame.from_features(features.values(), crs="EPSG:4326")
    number = {unit: i for i, unit in enumerate(features)}
    plans = [_plan(side, number) for side in sides]
    with_today = next((side for side in sides if side.report.today is not None), None)
    if with_today is not None:
        plans.insert(0, _today(with_today, number))
    return LinkedView(frame[["unit", "name", "geometry"]], tuple(plans), _names(sides))


def _features(sides: Sequence[Side]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for side in sides:
        for feature in side.document["features"]:
            found.setdefault(str(feature["properties"]["unit"]), feature)
    return found


def _plan(side: Side, number: Mapping[str, int]) -> LinkedPlan:
    holders = [(number[row.unit], row.holder, row.share) for row in side.rows]
    return LinkedPlan(side.key, f"{side.key} {side.name}", holders, _homes(side.report.territories))


def _today(side: Side, number: Mapping[str, int]) -> LinkedPlan:
    owners = {row.unit: row.current for row in side.rows}
    holders = [(number[unit], owner, 1.0) for unit, owner in owners.items()]
    return LinkedPlan(TODAY, "Today", holders, _homes(side.report.today.territories if side.report.today else ()))


def _homes(rows: Sequence[TerritoryFigure]) -> dict[str, tuple[float, float]]:
    return {
        row.rep or row.territory: (row.home_lon, row.home_lat)
        for row in rows
        if row.home_lon is not None and row.home_lat is not None
    }


def _names(sides: Sequence[Side]) -> dict[str, str]:
    names: dict[str, str] = {}
    for side in sides:
        today = side.report.today.territories if side.report.today else []
        for row in [*side.report.territories, *today]:
            key = row.rep or row.territory
            name = row.rep_name or row.name
            names.setdefault(key, name if name == key or not name else f"{name} ({key})")
    return names
