"""Branch and cut: the bound by deciding large units first, with cuts that whole and connected territories keep.

Given the owners of the few units that fill half a territory, the rest is nearly a linear program. Sources: Padberg and
Rinaldi 1991, "A branch-and-cut algorithm"; contiguity as in `optimizer.model.separators`.
"""

import heapq
import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from optimizer.bound.duals import Prices
from optimizer.eligibility import allowed_pairs
from optimizer.exact.branching import Brancher
from optimizer.exact.conflicts import Conflicts
from optimizer.exact.exclusion import pairs_worth_having
from optimizer.exact.fractions import FractionalPieces
from optimizer.exact.least_cost import least_costs
from optimizer.exact.relaxation import Cut, Fixed, Fractions, Relaxation
from optimizer.exact.rounds import Rounds
from optimizer.exact.search import goal_below
from optimizer.model.build import build_rules
from optimizer.model.goals import add_goals
from optimizer.model.symmetry import twins
from optimizer.plan import Plan
from optimizer.problem import BoolArray, FloatArray
from optimizer.run import Run

PHASE = "tree"
ROOT_ROUNDS, NODE_ROUNDS = 60, 4
"""Most rounds of cuts before anything is decided, and after each decision."""
ROOT_LEVELS, NODE_LEVELS = (1e-6, 0.05, 0.2, 0.5, 0.8), (1e-6, 0.1, 0.5)
"""Shares above which a rep's units are looked at for pieces."""
ROOT_BEYOND, NODE_BEYOND = 1e-3, 0.02
"""By how much a cut must be broken to be added."""
ENOUGH = 1e-4
"""Rise of the bound, as a share of it, below which a round of cuts brought nothing."""
IN_VAIN = 4
"""Such rounds before anything is decided, after which there are no more."""
IDLE = 5
"""Solutions in a row for which a cut did nothing, after which it is dropped."""
GROWN = 800
"""Cuts added after which idle ones are dropped."""
FIRST_PLANS, THEN_EVERY = 10, 10
"""The fractions of the first nodes, and then of every so many, are rounded to a plan."""


class Node(NamedTuple):
    """Decisions, and a bound on all plans that keep them; the order breaks ties."""

    bound: float
    order: int
    fixed: Fixed


class TreeSearch:
    """Raises the bound of a run with a feasible plan to what proves the gap asked for, or finds better plans.

    Parameters
    ----------
    run : Run
    prices : Prices
    block_price : (n_blocks,) float64
        Prices that prove the bound by whole units; of length 0 for none.
    """

    def __init__(self, run: Run, prices: Prices, block_price: FloatArray) -> None:
        self._run = run
        self._prices = prices
        self._block_price = block_price
        self._allowed = allowed_pairs(run.problem)
        self._pieces = FractionalPieces(run.problem, self._allowed)
        self._conflicts = Conflicts(run.problem)
        self._twins = twins(run.problem, self._allowed)
        self._brancher = Brancher(run.problem, self._twins)
        self._repairs = Rounds(run, run.problem, self._allowed, prices.load_price, PHASE)
        self._nodes: list[Node] = []
        self._n_made = 0
        self._floor = math.inf

    def search(self, most_nodes: float) -> None:
        """Look at nodes, the least bound first, until the bound is as high as asked or `most_nodes` are spent."""
        if not self._run.feasible or self._run.done():
            return
        possible = pairs_worth_having(self._run.problem, self._allowed, self._prices, self._target())
        relaxation = self._relaxation(possible, least_costs(self._run.problem, self._prices, self._block_price))
        root = self._with_cuts(relaxation, {}, ROOT_ROUNDS)
        if root is None:
            if not self._run.over():
                self._proven(math.inf)
            return
        self._proven(root.bound)
        possible[relaxation.choices.units, relaxation.choices.reps] &= root.bound + root.reduced <= self._target()
        self._grow(self._relaxation(possible, _active(relaxation)), root.bound, most_nodes)

    def _grow(self, relaxation: Relaxation, bound: float, most_nodes: float) -> None:
        self._push(bound, {})
        n_looked, n_cuts = 0, len(relaxation.cuts)
        while self._nodes and n_looked < most_nodes and not self._run.done():
            self._proven(self._nodes[0].bound)
            if self._run.done():
                return
            n_looked += 1
            if len(relaxation.cuts) > n_cuts + GROWN:
                relaxation = self._relaxation(relaxation.choices.possible, _active(relaxation))
                n_cuts = len(relaxation.cuts)
            self._look(relaxation, heapq.heappop(self._nodes), n_looked)
        if not self._nodes and not self._run.over():
            self._proven(math.inf)

    def _proven(self, least: float) -> None:
        """Report the least bound of all plans still in question; all others are no better than the target."""
        self._run.raise_bound(min(least, self._floor, self._target()), "mip", PHASE)

    def _look(self, relaxation: Relaxation, node: Node, nth: int) -> None:
        """Cut, round and split one node; what is left of it comes back to the others."""
        now = self._with_cuts(relaxation, node.fixed, NODE_ROUNDS)
        if now is None:
            if self._run.done():
                self._push(node.bound, node.fixed)
            return
        bound = max(now.bound, node.bound)
        self._round(relaxation, now, nth)
        fixed = node.fixed | self._follows(now, node.fixed)
        answers = self._brancher.split(relaxation, now, fixed, self._target(), self._run.ticking(PHASE))
        if self._run.done():
            self._push(bound, node.fixed)
            return
        for then, decided in answers:
            if then < self._target():
                self._push(max(then, bound), decided)
        if not answers:
            # All is whole, so that the bound is a plan's unless errors of rounding forbid it.
            self._run.offer(self._rounded(relaxation, now), PHASE)
            self._floor = min(self._floor, bound)

    def _with_cuts(self, relaxation: Relaxation, fixed: Fixed, rounds: int) -> Fractions | None:
        """Return the fractions with all cuts that help; None where no plan below the target is left, or no time."""
        root, in_vain, bound = rounds == ROOT_ROUNDS, 0, -math.inf
        for _ in range(rounds):
            now = relaxation.solve(fixed)
            if now is None or now.bound >= self._target() or self._run.done():
                return None
            in_vain = in_vain + 1 if now.bound - bound < ENOUGH * abs(now.bound) else 0
            bound = now.bound
            relaxation.age_cuts()
            if in_vain >= (IN_VAIN if root else 1) or not relaxation.cut_off(self._broken(relaxation, now, root)):
                return now
            self._run.tick(PHASE)
        return now

    def _broken(self, relaxation: Relaxation, now: Fractions, root: bool) -> list[Cut]:
        share, beyond = relaxation.matrix(now.share), ROOT_BEYOND if root else NODE_BEYOND
        levels = ROOT_LEVELS if root else NODE_LEVELS
        return [*self._conflicts.broken(share, beyond), *self._pieces.broken(share, beyond, levels)]

    def _follows(self, now: Fractions, fixed: Fixed) -> Fixed:
        """Return the pairs that no plan below the target decides otherwise, by their reduced costs."""
        room = self._target() - now.bound
        out, inside = np.flatnonzero(now.reduced > room), np.flatnonzero(now.reduced < -room)
        follows = dict.fromkeys(out.tolist(), (0, 0)) | dict.fromkeys(inside.tolist(), (1, 1))
        return {place: ends for place, ends in follows.items() if place not in fixed}

    def _round(self, relaxation: Relaxation, now: Fractions, nth: int) -> None:
        """Make a plan of the fractions now and then."""
        if nth <= FIRST_PLANS or nth % THEN_EVERY == 0:
            self._repairs.repair(self._rounded(relaxation, now))

    def _rounded(self, relaxation: Relaxation, now: Fractions) -> Plan:
        """Give each unit to the rep who has most of it."""
        return Plan(relaxation.matrix(now.share).argmax(axis=1).astype(np.int32))

    def _push(self, bound: float, fixed: Fixed) -> None:
        self._n_made += 1
        heapq.heappush(self._nodes, Node(bound, self._n_made, fixed))

    def _relaxation(self, possible: BoolArray, cuts: Iterable[Cut]) -> Relaxation:
        choices = build_rules(self._run.problem, possible, ())
        relaxation = Relaxation(add_goals(choices, self._run.problem, self._target()), self._twins)
        relaxation.cut_off(cuts)
        return relaxation

    def _target(self) -> float:
        """Return the value below which plans matter: what proves the gap asked for."""
        value = self._run.score.value if self._run.score else math.inf
        return goal_below(value, self._run.options.gap)


def _active(relaxation: Relaxation) -> tuple[Cut, ...]:
    """Return the cuts that did something for one of the last solutions."""
    return tuple(cut for cut, idle in relaxation.cuts.items() if idle <= IDLE)
