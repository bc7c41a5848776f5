"""Slower proofs that no plan keeps every hard rule, for when the quick ones found nothing."""

from typing import NamedTuple

from optimizer.allowance import Step
from optimizer.explain.core import smallest_conflict
from optimizer.explain.corners import find_corners
from optimizer.explain.facts import Facts, facts_of
from optimizer.explain.least_sum import Stuck, least_sum
from optimizer.explain.pockets import find_pockets
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Reason
from optimizer.score import Score


class Proofs(NamedTuple):
    """What a search proved.

    Attributes
    ----------
    reasons : tuple of Reason
        Conflicts, all proven: those of one smallest conflict together, those about units each by itself.
    least_violation : float
        Lower limit on the violation of every plan that keeps the structure.
    """

    reasons: tuple[Reason, ...] = ()
    least_violation: float = 0.0


def prove_pockets(problem: Problem, plan: Plan, score: Score, step: Step) -> Proofs:
    """Look for units and corners that no contiguous territories can hold for a moment; see `search_proofs`."""
    return _pockets(facts_of(problem), plan, score, step)


def search_proofs(problem: Problem, plan: Plan, score: Score, step: Step, effort: float = 1.0) -> Proofs:
    """Look for the rules of a smallest conflict, and for units and corners that no contiguous territories can hold.

    Parameters
    ----------
    problem : Problem
    plan, score : Plan, Score
        The nearest plan so far, which tells where to look.
    step : Step
        What it may take.
    effort : float
        Below 1 the search for a conflict is shorter.
    """
    facts = facts_of(problem)
    conflict = smallest_conflict(facts, step.over, effort)
    pockets = _pockets(facts, plan, score, step)
    return Proofs((*conflict, *pockets.reasons), pockets.least_violation)


def _pockets(facts: Facts, plan: Plan, score: Score, step: Step) -> Proofs:
    stuck = list({item.unit: item for item in find_pockets(facts, plan, score, step.over, step.spend)}.values())
    corners = list({item.units: item for item in find_corners(facts, plan, score, step.over, step.spend)}.values())
    found = [*(Stuck((item.unit,), item.total) for item in stuck), *(Stuck(item.units, item.total) for item in corners)]
    reasons = [*(item.reason(facts) for item in stuck), *(item.reason() for item in corners)]
    return Proofs(tuple(reasons), least_sum(facts, found))
