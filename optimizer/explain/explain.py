"""Why a plan that keeps every hard rule was not found, and what would help."""

import math
from collections.abc import Iterator

from optimizer.explain.observed import observe
from optimizer.explain.relaxations import NEAREST, relaxations
from optimizer.explain.wording import CONFLICT, RELAXATION, at_least
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Reason
from optimizer.run import missed
from optimizer.score import Score


def explain(
    problem: Problem, plan: Plan, score: Score, proofs: tuple[Reason, ...], least_violation: float
) -> tuple[Reason, ...]:
    """Return the proofs and what makes the nearest plan feasible; nothing for a plan that keeps every rule.

    Parameters
    ----------
    problem : Problem
    plan, score : Plan, Score
        What is handed back, and the judge's verdict on it.
    proofs : tuple of Reason
        From `prove_impossible` and `search_proofs`.
    least_violation : float
        Proven lower limit on the violation of every plan that keeps the other rules; infinity where there is none.
    """
    if not score.broken:
        return ()
    told = {(proof.rule, proof.text, proof.measure, proof.units, proof.reps): proof for proof in proofs}
    conflicts = (*told.values(), *_least(score, least_violation), *observe(problem, plan, score, proofs))
    return (*conflicts, *_links(proofs), *relaxations(problem, score))


def _least(score: Score, least_violation: float) -> Iterator[Reason]:
    """Yield how much the limits are missed in all, beside how much they are missed whatever the plan."""
    if math.isinf(least_violation):
        text = "no plan keeps all the other rules, whatever the load limits and budgets"
        yield Reason(CONFLICT, "contiguity", (), (), "", 1.0, 0.0, True, text)
    elif missed(score) > 0:
        budgets = missed(score) - score.violation
        misses = [f"load limits by {_percent(score.violation)} of a target"] if score.violation > 0 else []
        misses += [f"budgets by {_percent(budgets)} of what they allow"] if budgets > 0 else []
        found = f"the nearest plan found misses {' and '.join(misses)} in all"
        proof = f"no plan that keeps all other rules misses less than {at_least(least_violation)} in all"
        if least_violation <= 0:
            proof = "how little another plan may miss is not proven, after a look at units, corners and regions"
        yield Reason(
            CONFLICT, "band", (), (), "", missed(score), least_violation, least_violation > 0, f"{found}; {proof}"
        )


def _percent(share: float) -> str:
    return "less than 0.01 %" if share < 1e-4 else f"{100.0 * share:,.2f} %"


def _links(proofs: tuple[Reason, ...]) -> Iterator[Reason]:
    """Yield the link that a piece of the map lacks; with it the limits have to be loosened less."""
    for proof in proofs:
        if proof.rule == "contiguity" and proof.limit > 0 and proof.units:
            text = "link these units to others, for instance with neighbours.bridges; less has to be loosened then"
            yield Reason(RELAXATION, "contiguity", proof.units, (), "", 0.0, 1.0, False, text, NEAREST)
