"""From resolved rows to the Problem: whole loads, split units, costs of pairs, limits."""

from itertools import combinations, product

import numpy as np

from geodata.sphere import distance_km, to_xyz_m
from optimizer.graph import IntArray
from optimizer.problem import FloatArray, LoadArray, Problem, SingleArray, Weights
from scenarios.document.scenario import Scenario
from scenarios.prepare.graph import graph_of
from scenarios.prepare.homes import home_places
from scenarios.prepare.links import RowLinks
from scenarios.prepare.load_limits import load_limits
from scenarios.prepare.loads import integer_loads
from scenarios.prepare.measures import measure_names
from scenarios.prepare.oversize import Parts
from scenarios.prepare.reading import Inputs
from scenarios.prepare.resolve import Resolved
from scenarios.prepare.targets import measure_of, targets
from scenarios.prepare.today import budgets


def loads_of(amounts: FloatArray, parts: Parts) -> tuple[LoadArray, FloatArray]:
    """Return the whole loads of the units, (n_measures, n_units) int64, and the load units per amount."""
    scaled = [integer_loads(row[parts.row_of] * parts.share) for row in amounts]
    return np.stack([load for load, _ in scaled]), np.array([factor for _, factor in scaled])


def build_problem(scenario: Scenario, inputs: Inputs, resolved: Resolved, links: RowLinks, parts: Parts) -> Problem:
    """Lay everything onto the units, each row as often as it is split."""
    table, team, rules, row_of = inputs.table, inputs.team, resolved.rules, parts.row_of
    load, load_per_amount = loads_of(inputs.amounts, parts)
    target = targets(scenario.measures, load, load_per_amount, team, inputs.quotas)
    names = measure_names(scenario.measures)
    xyz_m, home_lonlat = to_xyz_m(table.units["lon"], table.units["lat"])[row_of], home_places(team)
    km = _distances(xyz_m, home_lonlat)
    return Problem(
        measures=names,
        load=load,
        load_per_amount=load_per_amount,
        target=target,
        aim=np.array([measure_of(scenario.measures, name).aim for name in names]),
        limits=load_limits(scenario, load, load_per_amount, target, team),
        xyz_m=xyz_m,
        has_home=~np.isnan(home_lonlat[:, 0]),
        distance_km=km,
        travel_cost=km if resolved.travel is None else resolved.travel.cost[row_of],
        fit=resolved.skills.fit,
        fit_class=resolved.skills.fit_class[row_of],
        banned=resolved.skills.banned,
        forbidden=_forbidden(resolved, parts),
        max_distance_km=scenario.limits.max_distance_km or np.inf,
        locked=rules.locked[row_of],
        together=tuple(parts.spread(rows)[0] for rows in rules.together),
        apart=tuple(group for rows in rules.apart for group in _apart(rows, parts)),
        home_units=tuple(parts.spread(rows)[0] for rows in resolved.homes),
        current=resolved.current[row_of],
        budgets=budgets(scenario.limits.disruption, inputs.budget_amounts, resolved.current[row_of], parts),
        graph=graph_of(links, parts),
        contiguity=resolved.contiguity.mode[row_of],
        part=resolved.contiguity.part[row_of],
        weights=_weights(scenario, inputs),
    )


def _distances(xyz_m: FloatArray, home_lonlat: FloatArray) -> SingleArray:
    known = np.isfinite(home_lonlat).all(axis=1)
    km = np.full((len(xyz_m), len(home_lonlat)), np.nan, dtype=np.float32)
    km[:, known] = distance_km(xyz_m, to_xyz_m(home_lonlat[known, 0], home_lonlat[known, 1]))
    return km


def _forbidden(resolved: Resolved, parts: Parts) -> IntArray:
    pairs = resolved.rules.forbidden
    if resolved.travel is not None:
        n_seats = resolved.travel.cost.shape[1]
        every = np.concatenate([pairs, resolved.travel.missing]).astype(np.int64)
        keys = np.unique(every[:, 0] * n_seats + every[:, 1])
        pairs = np.stack([keys // n_seats, keys % n_seats], axis=1).astype(np.int32)
    units, source = parts.spread(pairs[:, 0])
    return np.stack([units, pairs[source, 1]], axis=1)


def _apart(rows: IntArray, parts: Parts) -> list[IntArray]:
    """Return the groups of units that must all differ: parts of one row need not, so split rows make pairs."""
    units = [parts.spread(rows[i : i + 1])[0] for i in range(len(rows))]
    if all(len(of_row) == 1 for of_row in units):
        return [np.concatenate(units)]
    return [
        np.array(pair, dtype=np.int32)
        for left, right in combinations(units, 2)
        for pair in product(left.tolist(), right.tolist())
    ]


def _weights(scenario: Scenario, inputs: Inputs) -> Weights:
    """Return the goals' weights; where none are given, fit counts with skills and disruption with today's owners."""
    goals = scenario.goals
    if goals is not None:
        return Weights(goals.travel, goals.fit, goals.balance, goals.disruption)
    has_owners = bool((inputs.table.units["current"] != "").any())
    return Weights(travel=1.0, fit=float(bool(scenario.skills)), balance=1.0, disruption=float(has_owners))
