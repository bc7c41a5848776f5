"""Quick proofs that no plan keeps every hard rule."""

from optimizer.explain.cuts import check_cuts
from optimizer.explain.facts import facts_of
from optimizer.explain.pairs import check_pairs
from optimizer.explain.pieces import check_pieces
from optimizer.explain.reach import check_reach
from optimizer.explain.seats import check_seats
from optimizer.explain.sharing import check_sharing
from optimizer.explain.totals import check_totals
from optimizer.local_search.run import never
from optimizer.problem import Problem
from optimizer.result import Reason, Stop

STAGES = ((check_totals, check_pairs, check_seats), (check_pieces, check_reach), (check_cuts,), (check_sharing,))
"""Checks of everything, of one piece or rep at a time, of regions, and of all limits together; a proof makes those of
later stages, its consequences, meaningless."""


def prove_impossible(problem: Problem, stop: Stop = never) -> tuple[Reason, ...]:
    """Return proofs, each by itself, that no plan keeps every hard rule; none where nothing was found.

    Finding nothing means nothing: the checks are necessary conditions only.

    Parameters
    ----------
    problem : Problem
    stop : callable
        Asked between checks; true leaves out those that follow.

    Returns
    -------
    tuple of Reason
        Conflicts, all proven.
    """
    facts = facts_of(problem)
    for stage in STAGES:
        found = tuple(reason for check in stage if not stop() for reason in check(facts))
        if found:
            return found
    return ()
