"""Where reps live: the units that hold their homes, and homes that lie far from every unit."""

import numpy as np

from geodata.findings import Finding, Level
from geodata.places import NOWHERE, locate, nearest
from geodata.sphere import distance_km, to_xyz_m
from optimizer.graph import IntArray
from optimizer.problem import FloatArray
from scenarios.case import Rep
from scenarios.document.scenario import Limits, Travel
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import amount, some

COAST_KM = 2.0
"""A home at most this far outside counts as inside the nearest unit: simplified coasts cut off whole streets."""
FAR_KM = 1000.0
"""Distance from the nearest unit from which a home is doubtful."""


def home_places(team: Team) -> FloatArray:
    """Return lon, lat of each seat's home, (n_seats, 2) float64; NaN for free centres."""
    if team.is_free:
        return np.full((len(team.seats), 2), np.nan)
    places = [(rep.lon, rep.lat) if has_home(rep) else (np.nan, np.nan) for rep in team.seated]
    return np.array(places, dtype=np.float64).reshape(-1, 2)


def has_home(rep: Rep) -> bool:
    """Return whether a rep's place is known."""
    return rep.lat is not None and rep.lon is not None


def home_rows(limits: Limits, table: UnitTable, team: Team) -> tuple[tuple[IntArray, ...], tuple[Finding, ...]]:
    """Return the rows of which each seat must own one, and what is doubtful about homes.

    With `home: inside` these are all units at the geography that holds the rep's home: the polygon around it, or for
    points the nearest one, whose cell it is in. A rep without a home is free of the rule.
    """
    nothing = np.empty(0, dtype=np.int32)
    off = tuple(nothing for _ in team.seats)
    lonlat = home_places(team)
    known = np.flatnonzero(np.isfinite(lonlat).all(axis=1))
    if not len(known) or table.units["lat"].isna().any():
        return off, _unused_rule(limits) if not len(known) else ()
    far = _far_homes(lonlat, known, table, team)
    if limits.home == "free" or not table.on_map.any():
        return off, far
    first, at, gap_km = _geographies(lonlat[known], table)
    outside = [
        _outside(team, int(known[i]), table.ids[first[at[i]]], float(gap_km[i]))
        for i in np.flatnonzero(gap_km > COAST_KM)
    ]
    rows = list(off)
    for seat, g in zip(known.tolist(), at.tolist(), strict=True):
        rows[seat] = np.flatnonzero(table.geography == table.geography[first[g]]).astype(np.int32)
    return tuple(rows), (*far, *outside, *_homeless(team))


def middle_findings(limits: Limits, travel: Travel | None, team: Team) -> tuple[Finding, ...]:
    """Return that the largest distance of a rep in a travel matrix who has no home is taken from the middle."""
    names = _without_home(team)
    if limits.max_distance_km is None or travel is None or team.is_free or not names:
        return ()
    message = (
        "max_distance_km is in kilometres as the crow flies, whatever the travel matrix says; without a home it is "
        f"measured from the middle of the territory: {some(names, range(len(names)))}."
    )
    hint = "Maybe add lat and lon, or leave pairs that are too far out of the matrix: nobody gets those."
    return (Finding(Level.WARNING, "no-home", message, hint, team.label, field="limits.max_distance_km"),)


def _geographies(lonlat: FloatArray, table: UnitTable) -> tuple[np.ndarray, IntArray, FloatArray]:
    """Return the first row of each geography, and each home's geography with its distance (0 for points)."""
    first = table.first_rows
    shapes = table.units.geometry.to_numpy()[first]
    at = locate(lonlat[:, 0], lonlat[:, 1], shapes)
    close, gap_km = nearest(lonlat[:, 0], lonlat[:, 1], shapes)
    is_point = np.array([shape.geom_type == "Point" for shape in shapes], dtype=np.bool_)
    gap_km = np.where((at != NOWHERE) | is_point[close], 0.0, gap_km)
    return first, np.where(at != NOWHERE, at, close), gap_km


def _outside(team: Team, seat: int, unit: str, km: float) -> Finding:
    rep = team.seated[seat]
    message = (
        f"The home of {rep.id} must lie inside its territory, but is {amount(km)} km from the nearest unit, {unit}."
    )
    hint = "Maybe its place is wrong, or set limits.home to free."
    value = f"{rep.lat:g}, {rep.lon:g}"
    return Finding(Level.ERROR, "home-outside", message, hint, team.label, team.row(seat), "lat", value)


def _far_homes(lonlat: FloatArray, known: np.ndarray, table: UnitTable, team: Team) -> tuple[Finding, ...]:
    units_m = to_xyz_m(table.units["lon"], table.units["lat"])
    homes_m = to_xyz_m(lonlat[known, 0], lonlat[known, 1])
    swapped_m = to_xyz_m(lonlat[known, 1], np.clip(lonlat[known, 0], -90.0, 90.0))
    gap_km, swapped_km = (distance_km(units_m, places_m).min(axis=0) for places_m in (homes_m, swapped_m))
    return tuple(
        _far(team, int(known[i]), float(gap_km[i]), swapped=bool(swapped_km[i] < FAR_KM))
        for i in np.flatnonzero(gap_km > FAR_KM)
    )


def _far(team: Team, seat: int, km: float, *, swapped: bool) -> Finding:
    rep = team.seated[seat]
    message = f"The home of {rep.id} lies {amount(km)} km from the nearest unit."
    hint = "Maybe lat and lon are swapped." if swapped else "Maybe its place is wrong."
    value = f"{rep.lat:g}, {rep.lon:g}"
    return Finding(Level.WARNING, "home-far", message, hint, team.label, team.row(seat), "lat", value)


def _unused_rule(limits: Limits) -> tuple[Finding, ...]:
    if limits.home == "free":
        return ()
    message = "limits.home is inside, but no territory has a rep with a home."
    hint = "Maybe add lat and lon to the reps, or set it to free."
    return (Finding(Level.WARNING, "no-home", message, hint, field="limits.home", value="inside"),)


def _homeless(team: Team) -> tuple[Finding, ...]:
    names = _without_home(team)
    if not names:
        return ()
    message = f"Without a home, so free of the rule that it lies inside: {some(names, range(len(names)))}."
    hint = "Maybe add lat and lon."
    return (Finding(Level.WARNING, "no-home", message, hint, team.label, field="limits.home"),)


def _without_home(team: Team) -> list[str]:
    return [rep.id for rep in team.seated if not has_home(rep)]
