"""What a limit costs: one point more and one point less, foretold by dual prices and solved again."""

import math
from dataclasses import dataclass, replace

from geodata.findings import Finding, InputError, Level
from optimizer.bound.lagrangian import lagrangian_value
from optimizer.certificate import Certificate
from optimizer.local_search.run import never
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.result import Status, Stop
from optimizer.run import NO_DISTANCE
from optimizer.solve import solve, unwatched
from scenarios.case import Case
from scenarios.near_names import maybe
from scenarios.prepare.prepare import prepare
from scenarios.sweep.vary import changed
from scenarios.why.limit_words import limit_summary
from scenarios.why.model import LimitAnswer, StepFigure
from scenarios.why.question import Asked

FACTOR = 2.0
"""Guess and change may differ by this factor."""
NOTHING = 1e-4
"""A change of the value that is smaller than this share of it is none: solves do not see it."""
SHARE_STEP = 0.01
"""One point of a limit that is a share."""
SHARES = ("tolerance", "units", "potential", "accounts", "sales", "tenure")


@dataclass(frozen=True, eq=False)
class Solved:
    """The best plan found with the limit at one place."""

    limit: float
    case: Case
    status: Status
    value: float | None
    bound: float | None
    plan: Plan
    certificate: Certificate


def explain_limit(asked: Asked, path: str, options: SolveOptions, stop: Stop = never) -> LimitAnswer:
    """Return what one point more or less of a limit is worth.

    The tightest limit is solved first, each looser one from the plan of the one before, so that more room never costs.
    The guess is the change of the Lagrangian bound at the prices of the limit as it stands.

    Parameters
    ----------
    asked : Asked
        Its plan is where the search begins.
    path : str
        Dotted path of a limit in the document; raises InputError where there is none, or its place is no number.
    options : SolveOptions
        Of each of the six solves, two a limit.
    stop : callable
        True ends each solve with the best plan found.
    """
    limit = _limit(asked, path)
    step = SHARE_STEP if path.rpartition(".")[2] in SHARES else 0.01 * abs(limit)
    sign = -1.0 if path.endswith(".min") else 1.0
    limits = [max(round(place, 12), 0.0) for place in (limit - sign * step, limit, limit + sign * step)]
    tighter, base, looser = _solve_twice(asked, path, limits, options, stop)
    found = LimitAnswer(
        summary="",
        path=path,
        limit=limit,
        step=step,
        status=base.status,
        value=base.value,
        bound=base.bound,
        looser=_step(base, looser),
        tighter=_step(base, tighter),
    )
    return found.model_copy(update={"summary": limit_summary(found)})


def limit_paths(asked: Asked) -> dict[str, float]:
    """Return every limit of the scenario that is a number, by its dotted path."""
    scenario = asked.case.scenario
    found = {
        f"measures.{name}.{part}": getattr(measure, part)
        for name, measure in scenario.measures.items()
        for part in ("tolerance", "min", "max")
    }
    found["limits.max_distance_km"] = scenario.limits.max_distance_km
    found |= {f"limits.disruption.{name}": share for name, share in scenario.limits.disruption.model_dump().items()}
    return {path: limit for path, limit in found.items() if limit is not None}


def _limit(asked: Asked, path: str) -> float:
    limits = limit_paths(asked)
    if path in limits:
        return limits[path]
    message = f"{path} is no limit of this scenario."
    hint = maybe(path, limits) if limits else "Maybe add a tolerance or a limit on disruption."
    raise InputError([Finding(Level.ERROR, "unknown-limit", message, hint, field="--limit", value=path)])


def _solve_twice(
    asked: Asked, path: str, limits: list[float], options: SolveOptions, stop: Stop
) -> tuple[Solved, Solved, Solved]:
    """Solve at each limit, tightest first, and once more from the neighbour's plan, so that luck is shared."""
    best: list[Solved | None] = [None] * len(limits)
    plan = asked.answer.plan
    for seed in (options.seed, options.seed + 1):
        for place, limit in enumerate(limits):
            found = _solve(asked, path, limit, plan, replace(options, seed=seed), stop)
            best[place] = _better(best[place], found)
            plan = (best[place] or found).plan
        plan = (best[1] or found).plan
    tighter, base, looser = (found for found in best if found is not None)
    return tighter, base, looser


def _better(one: Solved | None, other: Solved) -> Solved:
    """Return the better plan of two solves with the same limit, with the better bound of both."""
    if one is None:
        return other
    bounds = [found.bound for found in (one, other) if found.bound is not None]
    order = sorted((one, other), key=lambda found: (found.value is None, found.value or 0.0))
    return replace(order[0], bound=max(bounds, default=None))


def _solve(asked: Asked, path: str, limit: float, start: Plan, options: SolveOptions, stop: Stop) -> Solved:
    case = prepare(changed(asked.source, {path: f"{limit:.12g}"}))
    fits = case.problem.n_units == len(start.owner)
    result = solve(case.problem, replace(options, start=start if fits else None, advice=False), unwatched, stop)
    value = None if result.score.broken else result.score.value
    return Solved(limit, case, result.status, value, result.bound, result.plan, result.certificate)


def _step(base: Solved, moved: Solved) -> StepFigure:
    guess = _guess(base, moved)
    change = None if base.value is None or moved.value is None else moved.value - base.value
    return StepFigure(
        limit=moved.limit,
        status=moved.status,
        value=moved.value,
        bound=moved.bound,
        guess=guess,
        change=change,
        known=guess is not None and change is not None and agree(guess, change, NOTHING * abs(base.value or 1.0)),
    )


def _guess(base: Solved, moved: Solved) -> float | None:
    """Return how the Lagrangian bound changes with the limit at the prices of the base."""
    prices = base.certificate
    if prices.dual_bound is None:
        return None
    there = lagrangian_value(moved.case.problem, prices.load_price, prices.budget_price)
    return there - prices.dual_bound if math.isfinite(there) else None


def agree(guess: float, change: float, nothing: float) -> bool:
    """Return whether two changes have one sign and differ by a factor of two at most, or both are nothing."""
    nothing = max(nothing, NO_DISTANCE)
    if abs(guess) <= nothing or abs(change) <= nothing:
        return abs(guess) <= nothing and abs(change) <= nothing
    return 1.0 / FACTOR <= guess / change <= FACTOR
