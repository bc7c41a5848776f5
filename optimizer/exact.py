"""The exact search: CP-SAT in rounds, each with the separators that the plans of the rounds before broke."""

import numpy as np

from optimizer.construct import repair
from optimizer.duals import Prices
from optimizer.eligibility import allowed_pairs
from optimizer.exclusion import pairs_worth_having
from optimizer.local_search import improve
from optimizer.model.answer import Answer, Work, ask
from optimizer.model.build import build_model, hint
from optimizer.model.contiguity import broken_separators, neighbour_separators
from optimizer.model.separators import Separator
from optimizer.model.symmetry import add_order, ordered, twins
from optimizer.plan import Plan
from optimizer.result import SolverError
from optimizer.run import Run

FIRST_ROUND = 4.0
"""CP-SAT's deterministic time for the first round."""
GROWTH = 1.5
"""How much longer a round gets after one that was cut short."""
PLANS_A_ROUND = 12
"""How many of a round's last plans give separators and are repaired."""
REPAIR_MOVES = 200_000
"""Local moves spent on each repaired plan."""
PHASE = "exact"


class ExactSearch:
    """Searches and bounds over all plans of a problem without free centres.

    Parameters
    ----------
    run : Run
    prices : Prices
        Multipliers for excluding pairs and for repairs.

    Attributes
    ----------
    exhausted : bool
        No plan better than the run's best is left; without one, no plan keeps every hard rule.
    """

    def __init__(self, run: Run, prices: Prices) -> None:
        self.run = run
        self.prices = prices
        self.exhausted = False
        self._allowed = allowed_pairs(run.problem)
        self._possible = self._allowed
        self._twins = twins(run.problem, self._allowed)
        self._separators = dict.fromkeys(neighbour_separators(run.problem, self._allowed))
        self._units = FIRST_ROUND

    def search(self, work: float) -> None:
        """Work in rounds until nothing is left, the run is done, or `work` (deterministic time) is spent."""
        while work > 0 and not self.exhausted and not self.run.done():
            units = min(self._units, work)
            work -= units
            self.round(units)

    def round(self, units: float) -> None:
        """Ask the model once, learn separators from its plans, and offer them repaired."""
        answer = self._ask(units)
        fresh = self._learn(answer)
        self.exhausted = answer.exhausted and not fresh
        if not answer.exhausted:
            self._units *= GROWTH
        self._raise_bound(answer.bound)
        if fresh:
            self._repair(answer.plans[-1])

    def _ask(self, units: float) -> Answer:
        run, options = self.run, self.run.options
        best = run.plan if run.feasible else None
        if best is not None and run.score is not None:
            best = ordered(best, self._twins)
            self._possible = pairs_worth_having(run.problem, self._allowed, self.prices, run.score.value, best)
        reference = run.score.value if run.score else 1.0
        model = build_model(run.problem, self._possible, self._separators, reference)
        add_order(model.choices, self._twins)
        if best is not None:
            hint(model, best)
        work = Work(units, run.remaining_s, options.workers, options.seed, options.effort is not None, options.gap / 4)
        return ask(model, work, run.done, self._raise_bound)

    def _learn(self, answer: Answer) -> bool:
        """Keep new separators and offer whole plans; return whether anything was learned."""
        fresh: dict[Separator, None] = {}
        for plan in answer.plans[-PLANS_A_ROUND:]:
            broken = dict.fromkeys(broken_separators(self.run.problem, self._possible, plan))
            if not broken:
                self._offer_whole(plan)
            fresh |= broken
        before = len(self._separators)
        self._separators |= fresh
        return len(self._separators) > before

    def _offer_whole(self, plan: Plan) -> None:
        """Offer a plan that keeps every rule of the model."""
        score = self.run.offer(plan, PHASE)
        if score.broken:
            raise SolverError(f"the model keeps every rule, but the judge finds {score.broken[0]} broken")

    def _repair(self, plan: Plan) -> None:
        """Join the pieces of a plan's territories, improve it and offer it."""
        price = self.prices.load_price
        whole = repair(self.run.problem, plan, price)
        seed = self.run.options.seed
        better = improve(
            self.run.problem, whole, price, moves=REPAIR_MOVES, seed=seed, stop=self.run.over
        )
        self.run.offer(better, PHASE)

    def _raise_bound(self, bound: float) -> None:
        """Report a bound of the model; plans it excludes are no better than the run's best."""
        if self.run.feasible and self.run.score is not None:
            bound = min(bound, self.run.score.value)
        if np.isfinite(bound):
            self.run.raise_bound(bound, "mip", PHASE)
