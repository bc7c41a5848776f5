"""The exact search: the best plan and a bound, from CP-SAT on the model of every rule."""

import math

from optimizer.duals import Prices
from optimizer.eligibility import allowed_pairs
from optimizer.exclusion import pairs_worth_having
from optimizer.model.answer import Work
from optimizer.model.build import build_rules
from optimizer.model.goals import add_goals
from optimizer.model.objective import Objective
from optimizer.model.symmetry import add_order, ordered, twins
from optimizer.result import SolverError, Stop
from optimizer.rounds import Rounds
from optimizer.run import Run

FIRST_ROUND = 4.0
"""CP-SAT's deterministic time for the first round."""
GROWTH = 1.5
"""How much longer a round gets after one that was cut short."""
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
    impossible : bool
        It is proven that no plan keeps every hard rule.
    """

    def __init__(self, run: Run, prices: Prices) -> None:
        self.impossible = False
        self._run = run
        self._prices = prices
        self._allowed = allowed_pairs(run.problem)
        self._twins = twins(run.problem, self._allowed)
        self._rounds = Rounds(run, run.problem, self._allowed, prices.load_price, PHASE)

    def search(self, work: float) -> None:
        """Work in rounds until nothing is left, the run is done, or `work` (deterministic time) is spent."""
        units, finished = FIRST_ROUND, False
        while work > 0 and not finished and not self._run.done():
            units = min(units, work)
            work -= units
            objective = self._objective()
            answer, whole = self._rounds.take(objective, self._work(units), self._stop, self._raise_bound)
            self._raise_bound(answer.bound)
            finished = answer.exhausted and whole
            self.impossible = finished and not answer.plans and not self._run.feasible
            if whole and answer.plans:
                self._agree()
            if not answer.exhausted:
                units *= GROWTH

    @property
    def _stop(self) -> Stop:
        """When to stop CP-SAT: with effort not for a good bound, which the clock brings sooner or later."""
        return self._run.done if self._run.options.effort is None else self._run.over

    def _work(self, units: float) -> Work:
        options = self._run.options
        repeatable = options.effort is not None
        return Work(units, self._run.remaining_s, options.workers, options.seed, repeatable, options.gap / 4)

    def _objective(self) -> Objective:
        """Model all plans, or those that could be better than the run's best and that one."""
        run = self._run
        if not run.feasible or run.plan is None or run.score is None:
            choices = build_rules(run.problem, self._allowed, self._rounds.separators)
            add_order(choices, self._twins)
            return add_goals(choices, run.problem, self._prices.bound)
        best, value = ordered(run.plan, self._twins), run.score.value
        possible = pairs_worth_having(run.problem, self._allowed, self._prices, value, best)
        choices = build_rules(run.problem, possible, self._rounds.separators)
        add_order(choices, self._twins)
        objective = add_goals(choices, run.problem, value)
        objective.hint(best)
        return objective

    def _raise_bound(self, bound: float) -> None:
        """Report a bound of the model; the plans it leaves out are no better than the run's best."""
        if self._run.feasible and self._run.score is not None:
            bound = min(bound, self._run.score.value)
        if math.isfinite(bound):
            self._run.raise_bound(bound, "mip", PHASE)

    def _agree(self) -> None:
        """Make sure that a plan which keeps every rule of the model was accepted by the judge."""
        if not self._run.feasible:
            broken = self._run.score.broken if self._run.score else ()
            raise SolverError(f"the model keeps every rule, but the judge finds broken: {broken[:3]}")
