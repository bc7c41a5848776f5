"""Quick proofs that no plan keeps every hard rule."""

from optimizer.explain.cuts import check_cuts
from optimizer.explain.facts import facts_of
from optimizer.explain.pairs import check_pairs
from optimizer.explain.pieces import check_pieces
from optimizer.explain.reach import check_reach
from optimizer.explain.seats import check_seats
from optimizer.explain.sharing import check_sharing
from optimizer.explain.totals import check_totals
from optimizer.problem import Problem
from optimizer.result import Reason

BASICS = (check_totals, check_pairs, check_seats)
"""Checks whose proofs make the consequences below meaningless."""
PLACES = (check_pieces, check_reach)
"""Checks of one piece or one rep at a time."""


def prove_impossible(problem: Problem) -> tuple[Reason, ...]:
    """Return proofs, each by itself, that no plan keeps every hard rule; none where nothing was found.

    Finding nothing means nothing: the checks are necessary conditions only.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    tuple of Reason
        Conflicts, all proven.
    """
    facts = facts_of(problem)
    basics = tuple(reason for check in BASICS for reason in check(facts))
    if basics:
        return basics
    places = tuple(reason for check in PLACES for reason in check(facts))
    return places or tuple(check_cuts(facts)) or tuple(check_sharing(facts))
