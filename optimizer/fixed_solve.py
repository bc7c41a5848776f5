"""The solve where every rep has given travel costs: bound, start, local search, pockets, and the exact search."""

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from optimizer.allowance import MOVES_A_SECOND
from optimizer.bound.duals import Prices, find_prices, no_prices
from optimizer.construct.construct import construct
from optimizer.exact.nearest import NearestSearch
from optimizer.exact.pocket_search import search_pockets
from optimizer.exact.search import ExactSearch
from optimizer.exact.tree import TreeSearch
from optimizer.exact.whole_units import count_whole_units
from optimizer.explain.search import search_proofs
from optimizer.local_search.improve import FIXED, THOROUGH, improve
from optimizer.local_search.mend import mend
from optimizer.local_search.recombine import recombine_best
from optimizer.local_search.refine import refine
from optimizer.local_search.restarts import search_again
from optimizer.model.modelled import is_modelled
from optimizer.options import EFFORT_S
from optimizer.outcome import Outcome
from optimizer.plan import Plan
from optimizer.result import Reason
from optimizer.run import PROVING, Run
from optimizer.shares import HUGE, LARGE, SMALL

THOROUGH_UNITS = 10_000
"""Largest number of units that are annealed from hot; more have their first legal plan sooner otherwise."""
SEARCHES = 40
"""Searches from the start of a small problem, for effort 1."""
LONGEST_WAY_TO_LIMITS = 0.5
"""Share of the time for searches of a small problem while no plan keeps every limit."""
PATIENCE = 10
"""Searches in a row that bring nothing, after which there are no more."""
BOUND_ROUNDS = 40
"""Most rounds of the bound by whole units; for effort 1, where effort decides."""
RECOMBINED = 6
"""Most rounds of recombining territories; for effort 1, where effort decides."""
NEAREST_WORK = 20.0
"""CP-SAT's deterministic time for the nearest plan: for effort 1, or where it is proven that none is feasible."""


def search_fixed(run: Run, proofs: tuple[Reason, ...]) -> Outcome:
    """Offer the run the best plans and bounds that its time or effort allows.

    Parameters
    ----------
    run : Run
        Maybe with a plan to start from.
    proofs : tuple of Reason
        Quick proofs that no plan keeps every hard rule.
    """

    def keep(bound: float) -> None:
        if math.isfinite(bound):
            run.raise_bound(bound, "lagrangian", "bound")

    offer_first(run)
    if run.plan is not None and run.stopped():
        return Outcome(no_prices(run.problem), proofs, 0.0, False)
    prices = find_prices(run.problem, stop=run.ticking("bound"), on_bound=keep)
    keep(prices.bound)
    search = _FixedSearch(run, prices, proofs)
    search.start()
    search.improve()
    if not run.feasible:
        search.come_nearest()
    search.prove()
    return search.outcome()


def offer_first(run: Run) -> None:
    """Offer a run without a plan one before any proof or bound: the plan given, brought inside the limits, or any.

    A small problem waits for its bound, which takes no time.
    """
    problem, given = run.problem, run.options.start
    if run.plan is None and given is not None:
        run.offer(mend(problem, given, seed=run.options.seed, stop=run.ticking("start")), "start")
    elif run.plan is None and not is_modelled(problem):
        unpriced = np.zeros(problem.target.shape)
        run.offer(construct(problem, unpriced, np.random.default_rng(run.options.seed)), "construct")


class _FixedSearch:
    """The phases of one solve, in their order."""

    def __init__(self, run: Run, prices: Prices, proofs: tuple[Reason, ...]) -> None:
        self._run = run
        self._prices = prices
        self._proofs = proofs
        self._rng = np.random.default_rng(run.options.seed)
        self._least_violation = 0.0
        self._impossible = False
        self._block_price = np.zeros(0)
        self._modelled = is_modelled(run.problem)
        self._thorough = not self._modelled and run.problem.n_units <= THOROUGH_UNITS
        self._shares = SMALL if self._modelled else LARGE if self._thorough else HUGE

    def start(self) -> None:
        """Offer a plan constructed at the prices, unless one was given or there is no time for it."""
        run = self._run
        if run.plan is None or (run.options.start is None and not run.done()):
            run.offer(construct(run.problem, self._prices.load_price, self._rng), "construct")

    def improve(self) -> None:
        """Search locally, then by pockets; again and again where nothing else follows and a clock decides."""
        self._improve_once()
        timed = self._run.options.time_limit_s is not None
        while timed and not self._modelled and not self._run.done():
            self._improve_once()

    def come_nearest(self) -> None:
        """Look for proofs that no plan keeps every hard rule, and for the plan that misses least."""
        run, effort = self._run, self._run.options.effort
        if run.plan is not None and run.score is not None and not self._proofs and not run.over():
            step = run.explaining.step(PROVING, run.until(run.remaining_s / 10))
            found = search_proofs(run.problem, run.plan, run.score, step, effort or 1.0)
            self._proofs, self._least_violation = found
        if not self._modelled:
            return
        nearest = NearestSearch(run, self._prices.load_price)
        unlimited = effort is None and not self._proofs
        nearest.search(math.inf if unlimited else NEAREST_WORK * (effort or 1.0))
        self._least_violation = max(self._least_violation, nearest.least_violation)
        if run.feasible:
            self._improve_once()

    def prove(self) -> None:
        """Search exactly where a feasible plan may exist and the whole model is not too large."""
        if self._proofs or self._least_violation > 0 or not self._modelled:
            return
        effort = self._run.options.effort
        tree = TreeSearch(self._run, self._prices, self._block_price)
        tree.search(math.inf if effort is None else self._shares.tree_nodes * effort)
        exact = ExactSearch(self._run, self._prices)
        exact.search(math.inf if effort is None else self._shares.exact_work * effort)
        self._impossible = exact.impossible

    def outcome(self) -> Outcome:
        """Return what was proven."""
        return Outcome(self._prices, self._proofs, self._least_violation, self._impossible, self._block_price)

    def _improve_once(self) -> None:
        if self._run.done():
            return
        if self._modelled:
            self._search_again()
        else:
            schedule = THOROUGH if self._thorough else FIXED
            search = partial(improve, schedule=schedule, enough=self._shares.enough)
            self._search_on(self._shares.local, search, "improve")
        self._count_whole_units()
        if self._modelled:
            self._recombine()
        if self._run.feasible and not self._modelled:
            self._search_on(self._shares.refine, refine, "refine")
        self._search_pockets()

    def _search_again(self) -> None:
        """Search locally from the best plan, again and again; short searches in number where effort decides."""
        run, effort = self._run, self._run.options.effort
        if run.plan is None:
            return
        early, late = run.until(self._seconds(self._shares.local)), run.until(self._seconds(LONGEST_WAY_TO_LIMITS))
        searches = math.inf if effort is None else math.ceil(SEARCHES * effort)
        seed, workers = int(self._rng.integers(2**31)), run.options.workers

        def stop() -> bool:
            run.tick("improve")
            return late() or (run.feasible and early())

        plans = search_again(run.problem, run.plan, self._prices.load_price, seed, workers, stop)
        in_vain = 0
        for nth, plan in enumerate(plans, start=1):
            before = run.plan
            self._offer_improved(plan)
            in_vain = in_vain + 1 if run.plan is before else 0
            if nth >= searches or in_vain >= PATIENCE or stop():
                break
        plans.close()

    def _search_on(self, share: float, search: Callable[..., Plan], phase: str) -> None:
        """Search from the best plan for one long run, by annealing everywhere or by refining places."""
        run = self._run
        if run.plan is None or run.done():
            return

        def offer(plan: Plan) -> None:
            run.offer(plan, phase)

        seconds = self._seconds(share)
        seed = int(self._rng.integers(2**31))
        moves = max(int(MOVES_A_SECOND * seconds), 1)
        better = search(
            run.problem,
            run.plan,
            self._prices.load_price,
            moves=moves,
            seed=seed,
            workers=run.options.workers,
            stop=run.ticking(phase),
            clock=run.clock(seconds),
            on_progress=offer,
        )
        offer(better)

    def _count_whole_units(self) -> None:
        """Raise the bound, once, by what whole units cost more than fractions of them."""
        run, effort = self._run, self._run.options.effort
        if len(self._block_price) or not run.feasible or run.done():
            return
        rounds = math.ceil(BOUND_ROUNDS * (effort or 1.0))
        self._block_price = count_whole_units(run, self._prices, rounds, self._seconds(self._shares.bound))

    def _recombine(self) -> None:
        effort, seconds = self._run.options.effort, self._seconds(self._shares.recombine)
        rounds = math.ceil(RECOMBINED * (effort or 1.0))
        recombine_best(self._run, self._prices.load_price, self._rng, rounds, seconds)

    def _search_pockets(self) -> None:
        run, effort = self._run, self._run.options.effort
        tried = self._shares.pockets_tried if run.feasible else self._shares.missing_tried
        pockets = math.inf if effort is None else math.ceil(tried * effort)
        stop = run.until(self._seconds(self._shares.pockets))
        search_pockets(run, self._prices, self._rng, pockets, stop)

    def _seconds(self, share: float) -> float:
        """Return a share of the whole time, but not more than what is left."""
        limit, effort = self._run.options.time_limit_s, self._run.options.effort
        whole = EFFORT_S * (effort or 0.0) if limit is None else limit
        return min(share * whole, self._run.remaining_s)

    def _offer_improved(self, plan: Plan) -> None:
        self._run.offer(plan, "improve")
