"""Whether all limits can be kept at once, however the units are shared out."""

from collections.abc import Iterator

import numpy as np

from optimizer.explain.facts import Facts
from optimizer.explain.fractional import Misses, least_misses, limit_rows, proves_a_miss
from optimizer.explain.wording import at_least, conflict, ints
from optimizer.result import Reason

MOST_PAIRS = 20_000
"""Largest number of pairs for which the linear program is quick."""
SUPPORT = 0.01
"""Share of the largest multiplier from which a row counts as part of the cause."""


def check_sharing(facts: Facts) -> Iterator[Reason]:
    """Yield a proof that the limits can't all be kept however the units are shared out, even cut into pieces."""
    if _proportional_works(facts) or int(facts.fits.sum()) > MOST_PAIRS:
        return
    misses = least_misses(facts, limit_rows(facts))
    if misses is None or not proves_a_miss(facts, misses):
        return
    yield _in_all(facts, misses)


def _proportional_works(facts: Facts) -> bool:
    """Return whether everybody taking a share of every unit keeps all limits, so that there is nothing to find."""
    if not facts.fits.all() or facts.problem.budgets:
        return False
    ranges, total = facts.ranges, facts.load.sum(axis=1)[:, None]
    shares = facts.problem.target[0] / max(float(facts.problem.target[0].sum()), 1.0)
    loads = total * shares
    return bool(((ranges.low <= loads) & (loads <= ranges.high)).all())


def _in_all(facts: Facts, misses: Misses) -> Reason:
    rows = misses.rows
    used = misses.price * rows.base > SUPPORT * (misses.price * rows.base).max()
    reps = rows.rep[used & (rows.rep >= 0)]
    names = [*facts.problem.measures, *(f"the disruption of {budget.name}" for budget in facts.problem.budgets)]
    listed = " and ".join(names[row] for row in np.unique(rows.measure[used]))
    text = f"even if units could be cut into pieces and need not hang together, limits on {listed} are missed"
    if (facts.fits == facts.allowed).all():
        # Elsewhere a plan may give a unit to a rep for whom it alone is too much, and miss less in all.
        text += f" by at least {at_least(misses.least)} of a target in all"
    return conflict("band" if len(reps) else "disruption", misses.least, 0.0, text, reps=ints(reps))
