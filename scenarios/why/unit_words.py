"""The paragraph about a unit."""

from collections.abc import Sequence

import numpy as np

from optimizer.graph import IntArray
from optimizer.problem import UNLOCKED
from scenarios.report.words import number
from scenarios.why.model import SwapFigure, UnitAnswer
from scenarios.why.question import Asked, seat_name

NAMED = 3
"""Reps or units named in a sentence before "and n more"."""
NOTHING = 5e-4
"""A smaller change of the value reads as 0."""


def exclusion(asked: Asked, units: IntArray, seat: int) -> str:
    """Return which rule on single units keeps a seat from units."""
    problem = asked.case.problem
    locked = problem.locked[units]
    others = locked[(locked != UNLOCKED) & (locked != seat)]
    if len(others):
        return f"locked to {seat_name(asked.answer, int(others[0]))}"
    if problem.banned[problem.fit_class[units], seat].any():
        return "lacks a required skill"
    if (np.isin(problem.forbidden[:, 0], units) & (problem.forbidden[:, 1] == seat)).any():
        return "a rule forbids it"
    km = problem.distance_km[units, seat]
    if (km > problem.max_distance_km).any():
        return f"{km.max():,.0f} km away, the most allowed is {problem.max_distance_km:,.0f} km"
    return "units that depend on it may not be owned"


def unit_summary(asked: Asked, found: UnitAnswer) -> str:
    """Return the answer in one paragraph."""
    sentences = [_owner(asked, found), _binding(found), _terms(found), *_next_best(asked, found), _others(found)]
    return " ".join(sentence for sentence in sentences if sentence)


def _owner(asked: Asked, found: UnitAnswer) -> str:
    name = found.unit if found.name in ("", found.unit) else f"{found.name} ({found.unit})"
    part = "" if found.share > 1 - 1e-9 else f"{100 * found.share:.0f} % of "
    here = _named(asked, found.territory)
    if not found.current_rep:
        since = ""
    elif found.current_rep == found.rep:
        since = ", as today"
    else:
        since = f"; today it is with {found.current_rep}"
    km = "" if found.km is None else f", {found.km:,.1f} km away"
    return f"{part}{name} is with {here}{km}{since}."


def _binding(found: UnitAnswer) -> str:
    return f"It can be nowhere else or not alone: {'; '.join(found.binding)}." if found.binding else ""


def _terms(found: UnitAnswer) -> str:
    parts = [f"{goal} {number(amount)}" for goal, amount in found.terms.items() if abs(amount) > NOTHING]
    if not parts:
        return ""
    return f"It adds {number(sum(found.terms.values()))} to the value ({', '.join(parts)})."


def _next_best(asked: Asked, found: UnitAnswer) -> list[str]:
    if not found.swaps:
        return ["There is nobody else who could be asked."] if not found.binding else []
    best = found.swaps[0]
    name = _named(asked, best.territory)
    if not best.possible or best.cost is None:
        tried = ", ".join(swap.territory for swap in found.swaps)
        return [f"No plan that keeps every hard rule was found in which somebody else has it (tried: {tried})."]
    return [_cost(name, best), _repairs(best), _alone(found, best)]


def _cost(name: str, best: SwapFigure) -> str:
    cost = best.cost or 0.0
    parts = [f"{goal} {amount:+.3f}" for goal, amount in best.terms.items() if abs(amount) > NOTHING]
    if abs(cost) <= NOTHING:
        change = "would cost nothing"
    elif cost > 0:
        change = f"would cost {number(cost)} of value"
    else:
        change = f"would save {number(-cost)} of value, so the plan is not the best there is"
    listed = f" ({', '.join(parts)})" if parts else ""
    return f"Next best is {name}: the swap with its repairs {change}{listed}."


def _repairs(best: SwapFigure) -> str:
    rest = best.moves[1:]
    if not rest:
        return "Nothing else would have to move."
    moves = [f"{move.name or move.unit} from {move.of} to {move.to}" for move in rest[:NAMED]]
    more = f" and {len(rest) - NAMED} more" if len(rest) > NAMED else ""
    proven = "no cheaper repair exists" if best.proven else "a cheaper repair may exist"
    return f"With it would move: {'; '.join(moves)}{more} ({proven} among {', '.join(best.territories)})."


def _alone(found: UnitAnswer, best: SwapFigure) -> str:
    obstacles = next((item.obstacles for item in found.candidates if item.territory == best.territory), [])
    return f"Moved alone it would break rules: {_listed(obstacles)}." if obstacles else ""


def _others(found: UnitAnswer) -> str:
    """Return how many others could not take the unit just so, or may not own it at all."""
    looked_at = [item for item in found.candidates if item.allowed]
    stopped = sum(bool(item.obstacles) for item in looked_at)
    excluded = found.others - found.others_allowed
    parts = []
    if stopped:
        whom = (
            f"{len(looked_at)} others" if len(looked_at) == found.others_allowed else f"the {len(looked_at)} cheapest"
        )
        parts.append(f"{stopped} of {whom} who may own it could not take it alone without breaking a rule")
    if excluded:
        reasons = dict.fromkeys(item.obstacles[0] for item in found.candidates if not item.allowed)
        said = f" ({_listed(list(reasons))})" if reasons else ""
        parts.append(f"{excluded} may not own it{said}")
    return f"{'; '.join(parts)}." if parts else ""


def _named(asked: Asked, code: str) -> str:
    seats = [seat.code for seat in asked.case.seats]
    return seat_name(asked.answer, seats.index(code))


def _listed(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - NAMED} more" if len(texts) > NAMED else ""
    return "; ".join(texts[:NAMED]) + more
