"""Large-neighbourhood search: pockets of two or three adjacent territories, each solved by CP-SAT in turn."""

from collections.abc import Iterator
from dataclasses import replace

import networkx as nx
import numpy as np

from optimizer.bound.duals import Prices
from optimizer.bound.lagrangian import lagrangian_value
from optimizer.exact.nearest import NearestSearch
from optimizer.exact.pocket import Pocket, cut_out
from optimizer.exact.search import ExactSearch
from optimizer.problem import Problem
from optimizer.result import Stop
from optimizer.run import Run

PHASE = "pockets"
POCKET_WORK = 2.0
"""CP-SAT's deterministic time for one pocket."""
POCKET_GAP = 1e-4
"""Gap at which a pocket is left."""


def search_pockets(run: Run, prices: Prices, rng: np.random.Generator, pockets: int | float, stop: Stop) -> None:
    """Improve the best plan of a run, pocket by pocket, until none is left to try.

    A pocket whose territories have not changed since it was solved is not tried again.

    Parameters
    ----------
    run : Run
        With a plan.
    prices : Prices
        Of the whole problem.
    rng : numpy Generator
        Shuffles the pockets.
    pockets : int or infinity
        Most pockets to solve.
    stop : callable
        True ends the search.
    """
    changes = np.zeros(run.problem.n_reps, dtype=np.int64)
    tried: dict[tuple[int, ...], tuple[int, ...]] = {}
    waiting = _pockets(run, rng)
    while pockets > 0 and run.plan is not None and not stop():
        reps = next(waiting, None)
        if reps is None:
            return
        now = tuple(changes[list(reps)].tolist())
        if tried.get(reps) == now:
            continue
        tried[reps] = now
        pockets -= 1
        if _solve(run, prices, cut_out(run.problem, run.plan, np.array(reps, dtype=np.int32)), stop):
            changes[list(reps)] += 1
            waiting = _pockets(run, rng)


def _solve(run: Run, prices: Prices, pocket: Pocket, stop: Stop) -> bool:
    """Solve one pocket and offer the whole plan with it; return whether that was better."""
    options = replace(run.options, gap=POCKET_GAP, workers=1)
    inner = Run(pocket.problem, options, lambda _: run.tick(PHASE), stop)
    inner.offer(pocket.plan, PHASE)
    load_price = prices.load_price[:, pocket.reps]
    bound = lagrangian_value(pocket.problem, load_price, prices.budget_price)
    inner_prices = Prices(load_price, prices.budget_price, bound)
    if not inner.feasible:
        NearestSearch(inner, load_price).search(POCKET_WORK)
    if inner.feasible:
        ExactSearch(inner, inner_prices).search(POCKET_WORK)
    before = run.plan
    if inner.plan is not None and before is not None:
        run.offer(pocket.put_back(before, inner.plan), PHASE)
    return run.plan is not before


def _pockets(run: Run, rng: np.random.Generator) -> Iterator[tuple[int, ...]]:
    """Yield adjacent pairs, then connected triples of reps, those with missed limits first."""
    if run.plan is None or run.score is None:
        return
    graph = _neighbouring_reps(run.problem, run.plan.owner)
    missing = {rep for item in run.score.broken for rep in item.reps}
    pairs = [tuple(sorted(link)) for link in graph.edges]
    triples = {tuple(sorted((a, b, c))) for b in graph for a in graph[b] for c in graph[b] if a < c}
    for group in (pairs, sorted(triples)):
        order = rng.permutation(len(group))
        shuffled = [group[place] for place in order]
        yield from sorted(shuffled, key=lambda reps: -len(missing.intersection(reps)))


def _neighbouring_reps(problem: Problem, owner: np.ndarray) -> "nx.Graph[int]":
    a, b = problem.graph.links()
    links = np.unique(np.sort(np.stack([owner[a], owner[b]], axis=1), axis=1), axis=0)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(problem.n_reps))
    graph.add_edges_from((int(one), int(other)) for one, other in links if one != other)
    return graph
