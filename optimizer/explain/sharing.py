"""Whether the reps who may have some units can absorb them, and the units open to some reps can fill them."""

from collections.abc import Iterator

import numpy as np

from optimizer.explain.facts import Facts
from optimizer.explain.fractional import Misses, least_misses, limit_rows, proves_a_miss
from optimizer.explain.wording import at_least, conflict, ints, load_conflict
from optimizer.problem import BoolArray
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
    told = [*_overfull(facts, misses), *_starved(facts, misses)]
    yield from told or [_in_all(facts, misses)]


def _proportional_works(facts: Facts) -> bool:
    """Return whether everybody taking a share of every unit keeps all limits, so that there is nothing to find."""
    if not facts.fits.all() or facts.problem.budgets:
        return False
    ranges, total = facts.ranges, facts.load.sum(axis=1)[:, None]
    shares = facts.problem.target[0] / max(float(facts.problem.target[0].sum()), 1.0)
    loads = total * shares
    return bool(((ranges.low <= loads) & (loads <= ranges.high)).all())


def _overfull(facts: Facts, misses: Misses) -> Iterator[Reason]:
    """Yield measures of which the units open to some reps only are more than these may hold."""
    for measure in range(len(facts.problem.measures)):
        reps = _support(facts, misses, measure, 1)
        blocks = facts.fits.any(axis=1) & ~(facts.fits & ~reps).any(axis=1)
        load, most = int(facts.load[measure, blocks].sum()), int(facts.ranges.high[measure, reps].sum())
        if reps.any() and load > most:
            who = "only this rep" if reps.sum() == 1 else f"only these {int(reps.sum())} reps"
            text = f"units that {who} may have sum to {{load}}, at most {{limit}} are allowed together"
            rule = facts.ranges.high_rule(measure, int(reps.argmax()))
            named = _units(facts, blocks & (facts.load[measure] > 0))
            yield load_conflict(facts, rule, measure, (load, most), text, units=named, reps=np.flatnonzero(reps))


def _starved(facts: Facts, misses: Misses) -> Iterator[Reason]:
    """Yield measures of which all units open to some reps are less than these need."""
    for measure in range(len(facts.problem.measures)):
        reps = _support(facts, misses, measure, -1)
        blocks = facts.fits[:, reps].any(axis=1)
        load, least = int(facts.load[measure, blocks].sum()), int(facts.ranges.low[measure, reps].sum())
        if reps.any() and load < least:
            text = f"all units that these {int(reps.sum())} reps may have sum to {{load}}, together they need {{limit}}"
            rule = facts.ranges.low_rule(measure, int(reps.argmax()))
            yield load_conflict(facts, rule, measure, (load, least), text, reps=np.flatnonzero(reps))


def _in_all(facts: Facts, misses: Misses) -> Reason:
    rows = misses.rows
    used = misses.price * rows.base > SUPPORT * (misses.price * rows.base).max()
    reps = rows.rep[used & (rows.rep >= 0)]
    names = [*facts.problem.measures, *(f"the disruption of {budget.name}" for budget in facts.problem.budgets)]
    listed = " and ".join(names[row] for row in np.unique(rows.measure[used]))
    text = (
        f"even if units could be cut into pieces and need not hang together, limits on {listed} are missed by at "
        f"least {at_least(misses.least)} of a target in all"
    )
    return conflict("band" if len(reps) else "disruption", misses.least, 0.0, text, reps=ints(reps))


def _support(facts: Facts, misses: Misses, measure: int, sign: int) -> BoolArray:
    """Return the reps whose limit of a measure, on one side, is part of the cause."""
    rows = misses.rows
    price = misses.price * rows.base
    used = (price > SUPPORT * price.max()) & (rows.measure == measure) & (rows.sign == sign) & (rows.rep >= 0)
    reps = np.zeros(facts.problem.n_reps, dtype=np.bool_)
    reps[rows.rep[used]] = True
    return reps


def _units(facts: Facts, blocks: BoolArray) -> tuple[int, ...]:
    return ints(np.flatnonzero(blocks[facts.blocks.block_of]))
