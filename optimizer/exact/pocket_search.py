"""Large-neighbourhood search: pockets of two to six adjacent territories, each solved by CP-SAT.

Pockets without a common territory are solved at once, one by each worker, and offered in a fixed order.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import chain
from threading import Event

import networkx as nx
import numpy as np

from optimizer.bound.duals import Prices
from optimizer.bound.lagrangian import lagrangian_value
from optimizer.exact.nearest import NearestSearch
from optimizer.exact.search import ExactSearch
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.pocket import Pocket, cut_out
from optimizer.problem import Problem
from optimizer.result import Stop
from optimizer.run import Run
from optimizer.threads import in_order

PHASE = "pockets"
POCKET_WORK = 2.0
"""CP-SAT's deterministic time for one pocket."""
POCKET_GAP = 1e-4
"""Gap at which a pocket is left."""
POCKETS_A_WORKER = 3
"""Pockets that a worker gets at once: the last ones of a batch leave a worker idle."""

LARGER, LARGEST = 4, 6
"""Territories of a larger pocket; on 3,108 counties 4 took 0.1 s and helped 1 time in 7, 6 took 0.8 s and 1 in 3."""

Reps = tuple[int, ...]


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
    queue = _Queue(run, rng)
    with ThreadPoolExecutor(run.options.workers) as pool:
        while pockets > 0 and run.plan is not None and not stop():
            batch = queue.take(min(_at_once(run), pockets))
            if not batch:
                return
            pockets -= len(batch)
            better = _solve_all(run, prices, batch, pool, stop)
            queue.learn(run, better)


def _at_once(run: Run) -> int:
    """Return how many pockets to solve at once: one where they would share a budget."""
    alone = run.options.workers == 1 or bool(run.problem.budgets)
    return 1 if alone else POCKETS_A_WORKER * run.options.workers


class _Queue:
    """The pockets still to try, those with missed limits first."""

    def __init__(self, run: Run, rng: np.random.Generator) -> None:
        self._rng = rng
        self._changes = np.zeros(run.problem.n_reps, dtype=np.int64)
        self._tried: dict[Reps, Reps] = {}
        self._waiting: Iterator[Reps] = _pockets(run, rng)

    def take(self, most: int | float) -> list[Reps]:
        """Return the next pockets that were not tried as they are, no two with a common territory."""
        batch: list[Reps] = []
        passed: list[Reps] = []
        busy: set[int] = set()
        for reps in self._waiting:
            now = tuple(self._changes[list(reps)].tolist())
            if busy.intersection(reps):
                passed.append(reps)
            elif self._tried.get(reps) != now:
                self._tried[reps] = now
                batch.append(reps)
                busy.update(reps)
            if len(batch) >= most:
                break
        self._waiting = chain(passed, self._waiting)
        return batch

    def learn(self, run: Run, better: list[Reps]) -> None:
        """Note the territories that changed; their pockets and those around them are worth trying again."""
        for reps in better:
            self._changes[list(reps)] += 1
        if better:
            self._waiting = _pockets(run, self._rng)


def _solve_all(run: Run, prices: Prices, batch: list[Reps], pool: ThreadPoolExecutor, stop: Stop) -> list[Reps]:
    """Solve pockets at once and offer the whole plan with each; return those that made it better."""
    if run.plan is None:
        return []
    halted, better = Event(), []
    pockets = [cut_out(run.problem, run.plan, np.array(reps, dtype=np.int32)) for reps in batch]
    jobs = [pool.submit(_solve, run.options, prices, pocket, halted.is_set) for pocket in pockets]

    def ticking() -> bool:
        run.tick(PHASE)
        return stop()

    with closing(in_order(jobs, ticking, halted)) as found:
        for reps, pocket, inside in zip(batch, pockets, found, strict=False):
            before = run.plan
            run.offer(pocket.put_back(before, inside), PHASE)
            if run.plan is not before:
                better.append(reps)
            # What the other pockets have come to by now only the clock would tell.
            if run.good_enough():
                break
    return better


def _solve(options: SolveOptions, prices: Prices, pocket: Pocket, stop: Stop) -> Plan:
    """Return the best plan of one pocket."""
    inner = Run(pocket.problem, replace(options, gap=POCKET_GAP, workers=1), lambda _: None, stop)
    inner.offer(pocket.plan, PHASE)
    load_price = prices.load_price[:, pocket.reps]
    bound = lagrangian_value(pocket.problem, load_price, prices.budget_price)
    inner_prices = Prices(load_price, prices.budget_price, bound)
    if not inner.feasible:
        NearestSearch(inner, load_price).search(POCKET_WORK)
    if inner.feasible:
        ExactSearch(inner, inner_prices).search(POCKET_WORK)
    return inner.plan or pocket.plan


def _pockets(run: Run, rng: np.random.Generator) -> Iterator[Reps]:
    """Yield larger pockets around every rep where no limit is missed, adjacent pairs, and connected triples of reps.

    Of these those with missed limits come first.
    """
    if run.plan is None or run.score is None:
        return
    graph = _neighbouring_reps(run.problem, run.plan.owner)
    missing = {rep for item in run.score.broken for rep in item.reps}
    pairs = [tuple(sorted(link)) for link in graph.edges]
    triples = {tuple(sorted((a, b, c))) for b in graph for a in graph[b] for c in graph[b] if a < c}
    if not missing:
        for rep in rng.permutation(run.problem.n_reps).tolist():
            yield _around(graph, rep, int(rng.integers(LARGER, LARGEST + 1)), rng)
    yield from _shuffled(pairs, missing, rng)
    yield from _shuffled(sorted(triples), missing, rng)


def _shuffled(pockets: list[Reps], missing: set[int], rng: np.random.Generator) -> list[Reps]:
    """Return pockets in a random order, but those with more missed limits first."""
    shuffled = [pockets[place] for place in rng.permutation(len(pockets))]
    return sorted(shuffled, key=lambda reps: -len(missing.intersection(reps)))


def _around(graph: "nx.Graph[int]", rep: int, size: int, rng: np.random.Generator) -> Reps:
    """Return a rep with neighbours, and neighbours of these, drawn by how many of the others they touch."""
    reps = {rep}
    while len(reps) < size:
        touched = Counter(other for one in sorted(reps) for other in graph[one] if other not in reps)
        if not touched:
            break
        choice, weight = zip(*sorted(touched.items()), strict=True)
        reps.add(int(rng.choice(choice, p=np.array(weight) / sum(weight))))
    return tuple(sorted(reps))


def _neighbouring_reps(problem: Problem, owner: np.ndarray) -> "nx.Graph[int]":
    a, b = problem.graph.links()
    links = np.unique(np.sort(np.stack([owner[a], owner[b]], axis=1), axis=1), axis=0)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(problem.n_reps))
    graph.add_edges_from((int(one), int(other)) for one, other in links if one != other)
    return graph
