"""The least that limits must be missed if units could be cut into pieces: a linear program, and its exact check."""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from optimizer.costs import balance_reference
from optimizer.explain.facts import Facts
from optimizer.problem import FloatArray, LoadArray

WHOLE = float(2**56)
"""Largest sum of whole multipliers times amounts, far inside int64."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Every limit as one row: the sum over pairs of sign x amount is at most `most`.

    Attributes
    ----------
    measure : (n_rows,) int64
        Row of the measure, or the number of measures plus the index of the budget.
    rep : (n_rows,) int64
        Rep, or -1 for a budget.
    sign, most : (n_rows,) int64
        +1 for a high end or a budget, -1 for a low end; the end times the sign.
    base : (n_rows,) float64
        What one miss is counted against.
    """

    measure: LoadArray
    rep: LoadArray
    sign: LoadArray
    most: LoadArray
    base: FloatArray


@dataclass(frozen=True, eq=False)
class Misses:
    """What the linear program found.

    Attributes
    ----------
    rows : Rows
    least : float
        Least sum of misses, each as a share of its base.
    price : (n_rows,) float64
        Multiplier at or above 0 of each row, in shares per unit of the row's amount.
    """

    rows: Rows
    least: float
    price: FloatArray


def limit_rows(facts: Facts) -> Rows:
    """Return the rows of all limits that limit anything."""
    ranges, problem = facts.ranges, facts.problem
    total, reference = problem.load.sum(axis=1), balance_reference(problem)
    rows: list[tuple[int, int, int, int, float]] = []
    for measure, rep in np.ndindex(*ranges.low.shape):
        low, high = int(ranges.low[measure, rep]), int(ranges.high[measure, rep])
        base = float(reference[measure, rep])
        rows += [(measure, rep, 1, high, base)] if high < total[measure] else []
        rows += [(measure, rep, -1, -low, base)] if low > 0 else []
    for place, budget in enumerate(problem.budgets):
        rows.append((len(problem.measures) + place, -1, 1, int(budget.limit), max(float(budget.limit), 1.0)))
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
    measure, rep, sign, most = (np.array(column, dtype=np.int64) for column in columns[:4])
    return Rows(measure, rep, sign, most, np.array(columns[4], dtype=np.float64))


def least_misses(facts: Facts, rows: Rows) -> Misses | None:
    """Return the least misses over all ways to share out the units, cut or whole; None where the solver gives up."""
    blocks, reps = np.nonzero(facts.fits)
    n_pairs, n_rows = len(blocks), len(rows.rep)
    amounts = _pair_amounts(facts, rows, blocks, reps)
    slack = csr_array((np.ones(n_rows), (np.arange(n_rows), np.arange(n_rows))), shape=(n_rows, n_rows))
    once = csr_array((np.ones(n_pairs), (blocks, np.arange(n_pairs))), shape=(facts.blocks.n_blocks, n_pairs))
    # scipy's stubs know dense matrices only.
    answer: Any = linprog(
        np.concatenate([np.zeros(n_pairs), np.ones(n_rows)]),
        A_ub=cast(Any, hstack([amounts, -slack])),
        b_ub=rows.most / rows.base,
        A_eq=cast(Any, hstack([once, csr_array((facts.blocks.n_blocks, n_rows))])),
        b_eq=np.ones(facts.blocks.n_blocks),
        method="highs",
    )
    if answer.status != 0:
        return None
    return Misses(rows, float(answer.fun), np.maximum(-answer.ineqlin.marginals, 0.0) / rows.base)


def proves_a_miss(facts: Facts, misses: Misses) -> bool:
    """Return whether the multipliers prove, in whole numbers, that no plan keeps all rows (Farkas 1902).

    Every plan gives each block to a rep, so the priced amounts sum to at least the cheapest choices; a sum above the
    priced limits shows that some row is missed.
    """
    rows, used = misses.rows, misses.price > 0
    size = float((misses.price * np.maximum(np.abs(rows.most), _totals(facts)[rows.measure])).sum())
    if not used.any() or size <= 0:
        return False
    whole = np.floor(misses.price * (WHOLE / size)).astype(np.int64)
    n_measures = len(facts.problem.measures)
    price = np.zeros((n_measures, facts.problem.n_reps), dtype=np.int64)
    load_rows = rows.rep >= 0
    np.add.at(price, (rows.measure[load_rows], rows.rep[load_rows]), (whole * rows.sign)[load_rows])
    priced = facts.load.T @ price
    for row in np.flatnonzero(~load_rows).tolist():
        priced += whole[row] * _moved(facts, int(rows.measure[row]) - n_measures)
    cheapest = np.where(facts.fits, priced, np.iinfo(np.int64).max).min(axis=1)
    return int(cheapest.sum()) > int((whole * rows.most).sum())


def _totals(facts: Facts) -> LoadArray:
    budgets = [int(budget.weight.sum()) for budget in facts.problem.budgets]
    return np.array([*facts.load.sum(axis=1).tolist(), *budgets], dtype=np.int64)


def _pair_amounts(facts: Facts, rows: Rows, blocks: LoadArray, reps: LoadArray) -> csr_array:
    """Return the rows over the pairs, each divided by its base."""
    pairs_of = [np.flatnonzero(reps == rep) for rep in range(facts.problem.n_reps)]
    parts, n_measures = [csr_array((0, len(blocks)))], len(facts.problem.measures)
    for measure, rep, sign, base in zip(rows.measure, rows.rep, rows.sign, rows.base, strict=True):
        if rep >= 0:
            places = pairs_of[rep]
            values = facts.load[measure, blocks[places]]
        else:
            values = _moved(facts, int(measure) - n_measures)[blocks, reps]
            places = np.arange(len(blocks))
        shape = (1, len(blocks))
        parts.append(csr_array((values * (sign / base), (np.zeros(len(places), dtype=np.int64), places)), shape=shape))
    return vstack(parts, format="csr")


def _moved(facts: Facts, budget: int) -> LoadArray:
    """Return what giving a block to a rep spends of a budget, (n_blocks, n_reps) int64."""
    problem, weight = facts.problem, facts.problem.budgets[budget].weight
    spent = np.repeat((weight * (problem.current >= 0))[:, None], problem.n_reps, axis=1)
    held = np.flatnonzero(problem.current >= 0)
    spent[held, problem.current[held]] = 0
    return np.asarray(np.add.reduceat(spent[facts.blocks.units], facts.blocks.start[:-1], axis=0))
