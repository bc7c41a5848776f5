"""plan.geojson: every row of plan.csv with its place on the map, and all that the map needs beside the report."""

from typing import Any

import numpy as np

from optimizer.graph import IntArray
from optimizer.problem import NOBODY
from scenarios.case import Case
from scenarios.export.tables import holdings, plan_rows
from scenarios.quotas.quotas import quotas_of
from scenarios.report.answer import Answer
from scenarios.report.figures import finite
from scenarios.report.matched import planned_fit

DECIMALS = 7
"""Decimals of a coordinate in degrees: about a centimetre."""


def plan_geojson(answer: Answer) -> dict[str, Any]:
    """Return a FeatureCollection (RFC 7946) with one feature a row of plan.csv.

    Beside the columns of plan.csv a feature has `geography` (id of the place, "" for a named account), `segment`, `lat`
    and `lon` (where distances are measured to), `fit` (0..1) and `current_territory` (code of today's seat, the rep's
    id where that rep has no seat). The foreign member `bridges` lists added links as [lon, lat, lon, lat]; `quotas`
    holds the quota of each territory by measure, not of each unit, so that no sum over units counts it twice.
    """
    case = answer.case
    rows = plan_rows(answer)
    fit = planned_fit(case, answer.plan, answer.rep_of_seat)
    places = [{"lat": lat, "lon": lon} for lat, lon in case.units[["lat", "lon"]].to_numpy(dtype=float).tolist()]
    shapes = [_shape(geometry) for geometry in case.units.geometry]
    belongs = case.units[["geography", "segment"]].astype(str).to_dict("records")
    today = _current_territories(case)
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(rows.columns, cells, strict=True))
            | {**belongs[holding.row], "current_territory": today[holding.row]}
            | {"fit": finite(fit[holding.parts[0]])}
            | places[holding.row],
            "geometry": shapes[holding.row],
        }
        for holding, cells in zip(holdings(answer), rows.cells, strict=True)
    ]
    members = {"bridges": _bridges(case), **_quotas(answer)}
    return {"type": "FeatureCollection", **members, "features": features}


def _quotas(answer: Answer) -> dict[str, Any]:
    """Return the member `quotas`, nothing where none are asked for or can be spread."""
    figures, _ = quotas_of(answer)
    spread = {figure.measure: figure.territories for figure in figures or () if figure.possible}
    by_measure = {measure: {seat.territory: seat.quota for seat in seats} for measure, seats in spread.items()}
    return {"quotas": by_measure} if by_measure else {}


def _current_territories(case: Case) -> list[str]:
    """Return the code of today's territory of each row of the units, "" for nobody."""
    seat: IntArray = np.full(len(case.units), NOBODY, dtype=np.int32)
    seat[case.row_of] = np.maximum(case.problem.current, NOBODY)
    reps = case.units["current"].astype(str)
    return [case.seats[at].code if at != NOBODY else rep for at, rep in zip(seat.tolist(), reps, strict=True)]


def _bridges(case: Case) -> list[list[float]]:
    place = {unit: at for unit, *at in case.units[["unit", "lon", "lat"]].itertuples(index=False)}
    added = case.links[case.links["kind"] == "bridge"]
    return [[*place[a], *place[b]] for a, b in zip(added["a"], added["b"], strict=True)]


def _shape(geometry: Any) -> dict[str, Any] | None:
    if geometry is None or geometry.is_empty:
        return None
    shape = geometry.__geo_interface__
    return {"type": shape["type"], "coordinates": _rounded(shape["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(coordinates, DECIMALS)
    return [_rounded(part) for part in coordinates]
