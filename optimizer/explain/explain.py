"""Why a plan that keeps every hard rule was not found, and what would help."""

from optimizer.explain.relaxations import relaxations
from optimizer.problem import Problem
from optimizer.result import Reason
from optimizer.score import Score


def explain(problem: Problem, score: Score, proofs: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Return the proofs and what makes the nearest plan feasible; nothing for a plan that keeps every rule.

    Parameters
    ----------
    problem : Problem
    score : Score
        The judge's verdict on the plan that is handed back.
    proofs : tuple of Reason
        From `prove_impossible` and `search_proofs`.
    """
    return (*proofs, *relaxations(problem, score))
