"""Whether every rep can have a unit of their own, at home where asked, and every unit kept apart a rep of its own."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from optimizer.explain.facts import Facts
from optimizer.explain.wording import conflict
from optimizer.graph import IntArray
from optimizer.problem import BoolArray
from optimizer.result import Reason

UNMATCHED = -1
"""scipy's mark of a row without a partner."""


def check_seats(facts: Facts) -> Iterator[Reason]:
    """Yield proofs by Hall's theorem: more reps than units for them, more units kept apart than reps for them."""
    yield from _reps_without_units(facts)
    for group in facts.problem.apart:
        yield from _apart_group(facts, group)


def _reps_without_units(facts: Facts) -> Iterator[Reason]:
    problem, open_to = facts.problem, _wanted_blocks(facts)
    # Whoever may have as many blocks as there are reps can always be served last.
    few = np.flatnonzero(open_to.sum(axis=1) < problem.n_reps)
    short = few[_hall_violators(open_to[few])]
    if not len(short):
        return
    blocks = np.flatnonzero(open_to[short].any(axis=0)).tolist()
    units = np.concatenate([facts.units(block) for block in blocks]) if blocks else ()
    at_home = any(len(problem.home_units[rep]) for rep in short)
    subject = "this rep has" if len(short) == 1 else f"these {len(short)} reps have"
    place = "at home" if at_home else "to choose from"
    text = f"{subject} {len(blocks) or 'no'} unit{'' if len(blocks) == 1 else 's'} {place}, each needs one of their own"
    shown = short if len(short) < problem.n_reps else ()
    rule = "home" if at_home else "empty"
    yield conflict(rule, len(short), len(blocks), text, units=units if len(shown) else (), reps=shown)


def _wanted_blocks(facts: Facts) -> BoolArray:
    """Return the blocks of which each rep needs one: those at home where the rule is on, (n_reps, n_blocks)."""
    open_to = facts.light.T.copy()
    for rep, home in enumerate(facts.problem.home_units):
        if len(home):
            at_home = np.zeros(open_to.shape[1], dtype=np.bool_)
            at_home[facts.blocks.block_of[home]] = True
            open_to[rep] &= at_home
    return open_to


def _apart_group(facts: Facts, group: IntArray) -> Iterator[Reason]:
    open_to = facts.light[facts.blocks.block_of[group]]
    # A unit that nobody may have is no matter of being kept apart.
    group, open_to = group[open_to.any(axis=1)], open_to[open_to.any(axis=1)]
    short = _hall_violators(open_to)
    if len(short):
        reps = np.flatnonzero(open_to[short].any(axis=0))
        few = f"only {len(reps)} rep{'' if len(reps) == 1 else 's'}"
        text = f"{len(short)} units must have different reps, but {few} may have any of them"
        yield conflict("apart", len(short), len(reps), text, units=group[short], reps=reps)


def _hall_violators(open_to: BoolArray) -> IntArray:
    """Return rows that have fewer columns open to them than they are, or none where every row can have its own."""
    if not len(open_to):
        return np.zeros(0, dtype=np.int32)
    column_of = maximum_bipartite_matching(csr_array(open_to), perm_type="column")
    if (column_of != UNMATCHED).all():
        return np.zeros(0, dtype=np.int32)
    row_of = np.full(open_to.shape[1], UNMATCHED, dtype=np.int32)
    matched = np.flatnonzero(column_of != UNMATCHED)
    row_of[column_of[matched]] = matched
    start = int(np.flatnonzero(column_of == UNMATCHED)[0])
    rows, stack = {start}, [start]
    while stack:
        for column in np.flatnonzero(open_to[stack.pop()]).tolist():
            row = int(row_of[column])
            if row not in rows:
                rows.add(row)
                stack.append(row)
    return np.array(sorted(rows), dtype=np.int32)
