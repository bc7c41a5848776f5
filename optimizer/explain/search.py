"""Slower proofs that no plan keeps every hard rule, for when the quick ones found nothing."""

from optimizer.explain.core import smallest_conflict
from optimizer.explain.facts import facts_of
from optimizer.explain.pockets import find_pockets
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Reason, Stop
from optimizer.score import Score


def prove_pockets(problem: Problem, plan: Plan, score: Score, stop: Stop) -> tuple[Reason, ...]:
    """Return proofs about units that no contiguous territory can hold, found in a moment; see `search_proofs`."""
    return tuple(find_pockets(facts_of(problem), plan, score, stop))


def search_proofs(problem: Problem, plan: Plan, score: Score, stop: Stop) -> tuple[Reason, ...]:
    """Return the rules of a smallest conflict, and units that no contiguous territory can hold; maybe nothing.

    Parameters
    ----------
    problem : Problem
    plan, score : Plan, Score
        The nearest plan so far, which tells where to look.
    stop : callable
        True ends the search.

    Returns
    -------
    tuple of Reason
        Conflicts, all proven: those of one smallest conflict together, those about units each by itself.
    """
    facts = facts_of(problem)
    return (*smallest_conflict(facts, stop), *find_pockets(facts, plan, score, stop))
