"""A bound that knows whole units: each rep chooses the cheapest blocks that keep its ranges, at prices of the blocks.

Dualising that every block has one owner leaves each rep alone with a small knapsack (Dantzig and Wolfe 1960; Geoffrion
1974) of blocks that hang together, solved exactly or bounded. That is at least the Lagrangian bound of the loads,
whose fractions of units no territory can have. The prices are raised by the volume algorithm (`ascent`).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from time import perf_counter
from typing import NamedTuple

import numpy as np

from optimizer.bound.ascent import ROUNDING, Ascent, Round
from optimizer.bound.blocks import blocks_of, connections
from optimizer.bound.branching import least_cost
from optimizer.bound.choice import ITEM, MEASURE, TAIL, Choice
from optimizer.bound.duals import Prices
from optimizer.bound.lagrangian import priced_cost
from optimizer.bound.load_range import aim_load, balance_slope, load_range
from optimizer.eligibility import allowed_pairs
from optimizer.local_search.state import Flags, Reals, Records
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

DISTANCE = 0.005
"""Where a rep's search begins above the relaxation, in shares of the bound that falls to one rep."""
MOST_NODES = 200_000
"""Limit of one rep's search; with ten times as many a round takes five times as long and is 0.05 % higher."""
STEP = 0.1
"""First step by which load prices are tuned, as a share of them."""
LOOK_EVERY_S = 0.05
"""How often `stop` is asked while reps are priced."""


class WholeUnits(NamedTuple):
    """A bound and the prices of the blocks that prove it, (n_blocks,) float64, of length 0 where none do."""

    bound: float
    block_price: FloatArray


def whole_units_value(problem: Problem, prices: Prices, block_price: FloatArray) -> float:
    """Return a lower bound on the value of every plan that keeps the hard rules, for any prices.

    Parameters
    ----------
    problem : Problem
    prices : Prices
        Load prices only make the search shorter; budget prices count.
    block_price : (n_blocks,) float64

    Raises
    ------
    ValueError
        If there is not one finite price a block.
    """
    if len(block_price) != blocks_of(problem).n_blocks or not np.isfinite(block_price).all():
        raise ValueError("every unit needs one finite price. Maybe the certificate was edited.")
    with ThreadPoolExecutor(1) as pool:
        answer = _Knapsacks(problem, prices).choose(block_price, pool, lambda: False)
    return -np.inf if answer is None else answer.bound


def price_territories(problem: Problem, prices: Prices, block_price: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Price every pair, and tell what whole territories cost at least then.

    Parameters
    ----------
    problem : Problem
    prices : Prices
    block_price : (n_blocks,) float64
        Finite.

    Returns
    -------
    cost : (n_units, n_reps) float64
        Of each pair, with budgets priced, less the price of its unit.
    least : (n_reps,) float64
        What these costs of all units of a rep and the balance cost of its loads come to at least.
    """
    blocks = blocks_of(problem)
    price = (block_price / np.diff(blocks.start))[blocks.block_of]
    cost = priced_cost(problem, np.zeros_like(prices.load_price), prices.budget_price) - price[:, None]
    with ThreadPoolExecutor(1) as pool:
        answer = _Knapsacks(problem, prices).choose(block_price, pool, lambda: False)
    least = np.full(problem.n_reps, -np.inf) if answer is None else answer.cost
    return cost, least


def raise_by_whole_units(
    problem: Problem,
    prices: Prices,
    value: float,
    *,
    rounds: int,
    workers: int = 1,
    stop: Stop = lambda: False,
    on_bound: Callable[[float], None] = lambda _: None,
) -> WholeUnits:
    """Search prices of the blocks that prove a high bound on every plan; the outcome depends on no clock.

    Parameters
    ----------
    problem : Problem
    prices : Prices
        With a finite bound.
    value : float
        Of the best plan known, towards which the prices are raised.
    rounds : int
        How often all reps choose.
    workers : int
        Threads; they change nothing but the time.
    stop : callable
        True ends the search with the best bound so far.
    on_bound : callable
        Told every better bound.
    """
    knapsacks = _Knapsacks(problem, prices)
    ascent = Ascent(knapsacks.middle_prices(), value)
    with ThreadPoolExecutor(workers) as pool:
        for _ in range(rounds):
            answer = knapsacks.choose(ascent.price, pool, stop)
            if answer is None:
                break
            reached = ascent.learn(answer)
            on_bound(ascent.bound)
            if reached or stop():
                break
    return WholeUnits(ascent.bound, ascent.best)


class _Knapsacks:
    """Every rep's choice of blocks; it depends on the prices alone, so that anybody can make it again."""

    def __init__(self, problem: Problem, prices: Prices) -> None:
        blocks = blocks_of(problem)
        reduced = priced_cost(problem, np.zeros_like(prices.load_price), prices.budget_price)
        np.copyto(reduced, np.inf, where=~allowed_pairs(problem))
        self._cost = np.ascontiguousarray(blocks.sum_rows(reduced).T)
        self._load: Reals = np.ascontiguousarray(blocks.sum_rows(problem.load.T.astype(np.float64)))
        self._measures = _measures(problem, prices.load_price)
        graph, self._part = connections(problem, blocks)
        self._first_link, self._links = graph.indptr, graph.indices.astype(np.int64)
        self._seconds = np.zeros(problem.n_reps)
        limits = np.array([budget.limit for budget in problem.budgets], dtype=np.float64)
        self._spent = float(prices.budget_price @ limits)
        self._distance = DISTANCE * max(abs(prices.bound) / problem.n_reps, ROUNDING)

    def middle_prices(self) -> FloatArray:
        """Return block prices half-way between the cheapest and the second rep: all prove the Lagrangian bound."""
        two = np.full((2, len(self._load)), np.inf)
        for cost, measures in zip(self._cost, self._measures, strict=True):
            reduced = cost + self._load @ measures["price"]
            two[1] = np.minimum(two[1], np.maximum(two[0], reduced))
            two[0] = np.minimum(two[0], reduced)
        return np.asarray(np.where(np.isfinite(two[1]), two.sum(axis=0) / 2.0, two[0]))

    def choose(self, price: FloatArray, pool: ThreadPoolExecutor, stop: Stop) -> Round | None:
        """Let all reps choose at some prices of the blocks; return None where that was stopped."""
        # The longest first, so that no worker is left alone with it; the order decides nothing else.
        jobs = {rep: pool.submit(self._choose_one, rep, price) for rep in np.argsort(-self._seconds).tolist()}
        waiting = list(jobs.values())
        while waiting:
            waiting = list(wait(waiting, LOOK_EVERY_S).not_done)
            if waiting and stop():
                for job in waiting:
                    job.cancel()
                return None
        results = [jobs[rep].result() for rep in range(len(jobs))]
        cost = np.array([cost for cost, _ in results])
        bound = float(price.sum()) + sum(cost.tolist()) - self._spent
        owners = np.array([taken for _, taken in results]).sum(axis=0, dtype=np.float64)
        return Round(bound - ROUNDING * abs(bound), owners, cost)

    def _choose_one(self, rep: int, price: FloatArray) -> tuple[float, Flags]:
        begun = perf_counter()
        n, count = self._load.shape
        items: Records = np.zeros(n + 2, dtype=ITEM)
        measures = self._measures[rep].copy()
        items["cost"][:n] = self._cost[rep] - price
        items["size"][:n] = (self._load / np.maximum(measures["high"], 1.0)).max(axis=1)
        items["links"][: n + 1], items["part"][:n] = self._first_link, self._part
        tail = np.empty((n + 1, count), dtype=TAIL)
        levels = np.empty((n + 2, count)), np.empty((n + 2, count))
        choice = Choice(items, self._links, self._load, measures, tail, *levels)
        cost, _ = least_cost(choice, self._distance, MOST_NODES)
        self._seconds[rep] = perf_counter() - begun
        return float(cost), items["taken"][:n] == 1


def _measures(problem: Problem, load_price: FloatArray) -> Records:
    """Make the records of the loads, (n_reps, n_measures)."""
    low, high = load_range(problem)
    records = np.zeros((problem.n_reps, len(problem.measures)), dtype=MEASURE)
    values = {"low": low, "high": high, "target": problem.target, "aim": aim_load(problem)}
    values |= {"slope": balance_slope(problem), "price": load_price}
    values["step"] = STEP * (np.abs(load_price) + np.abs(load_price).mean(axis=1, keepdims=True))
    for name, value in values.items():
        records[name] = value.T
    return records
