"""The exact search: the best plan and a bound, from CP-SAT on the model of every rule."""

import math

from optimizer.bound.duals import Prices
from optimizer.eligibility import allowed_pairs
from optimizer.exact.exclusion import pairs_worth_having
from optimizer.exact.rounds import Rounds
from optimizer.model.answer import Work
from optimizer.model.build import build_rules
from optimizer.model.goals import add_goals
from optimizer.model.objective import Objective
from optimizer.model.symmetry import add_order, twins
from optimizer.problem import BoolArray
from optimizer.result import SolverError, Stop
from optimizer.run import PROVEN_GAP, Run

FIRST_ROUND = 1.0
"""CP-SAT's deterministic time for the first round."""
GROWTH = 1.5
"""How much longer a round gets after one that brought nothing."""
PLANS_A_TARGET = 3
"""Plans below a target after which their separators are learnt: waiting for better ones took half as long again."""
LAST_STEP = 0.3
"""Share of the gap asked for below which the next target is the last one."""
SAFELY = 0.999
"""Share of the gap asked for that is proven, so that rounding cannot leave it a hair too wide."""
PHASE = "exact"


class ExactSearch:
    """Searches and bounds over all plans of a problem without free centres.

    With a plan at hand it asks for plans below a target, which rises half-way from the bound to what would prove the
    gap asked for. Plans that fall to pieces give separators; where there is none, the target is a bound.

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
        self._units = FIRST_ROUND
        self._seed = run.options.seed

    def search(self, work: float) -> None:
        """Work in rounds until nothing is left, the run is done, or `work` (deterministic time) is spent."""
        finished = False
        while work > 0 and not finished and not self._run.done():
            units = min(self._units, work)
            work -= units
            self._seed += 1
            finished = self._below_target(units) if self._run.feasible else self._first_plan(units)

    def _first_plan(self, units: float) -> bool:
        """Minimise over all plans; return whether it is proven that none keeps every hard rule."""
        objective = self._objective(self._allowed, self._prices.bound)
        work = self._work(units, gap=self._run.options.gap / 4)
        answer, whole = self._rounds.take(objective, work, self._stop, self._raise_bound)
        self._raise_bound(answer.bound)
        if whole and answer.plans:
            self._agree()
        elif not whole:
            self._rounds.repair(answer.plans[-1])
        self.impossible = answer.exhausted and not answer.plans and not self._run.feasible
        self._units *= 1.0 if answer.exhausted else GROWTH
        return self.impossible

    def _below_target(self, units: float) -> bool:
        """Ask for plans below the next target; return whether none better than the best is left."""
        run, target = self._run, self._target()
        if run.plan is None:
            return True
        before = run.plan
        possible = pairs_worth_having(run.problem, self._allowed, self._prices, target)
        objective = self._objective(possible, target)
        objective.stay_below(target)
        work = self._work(units, most_plans=PLANS_A_TARGET)
        answer, whole = self._rounds.take(
            objective, work, self._stop, lambda bound: self._raise_bound(min(bound, target))
        )
        if answer.exhausted and not answer.plans:
            self._raise_bound(target)
            return False
        self._raise_bound(min(answer.bound, target))
        if answer.exhausted and whole:
            return run.plan is before
        self._units *= 1.0 if answer.plans else GROWTH
        return False

    def _target(self) -> float:
        """Return the value half-way from the bound to the goal, or the goal where that is near."""
        value = self._run.score.value if self._run.score else math.inf
        goal = goal_below(value, self._run.options.gap)
        half = (goal + self._run.bound) / 2
        near = goal - half <= LAST_STEP * (value - goal)
        return goal if near or not math.isfinite(half) else half

    def _objective(self, possible: BoolArray, reference_value: float) -> Objective:
        choices = build_rules(self._run.problem, possible, self._rounds.separators)
        add_order(choices, self._twins)
        reference = reference_value if math.isfinite(reference_value) else 1.0
        return add_goals(choices, self._run.problem, reference)

    def _work(self, units: float, gap: float = 0.0, most_plans: float = math.inf) -> Work:
        options = self._run.options
        repeatable = options.effort is not None
        return Work(units, self._run.remaining_s, options.workers, self._seed, repeatable, gap, most_plans)

    @property
    def _stop(self) -> Stop:
        """When to stop CP-SAT: with effort not for a good bound, which the clock brings sooner or later."""
        return self._run.done if self._run.options.effort is None else self._run.over

    def _raise_bound(self, bound: float) -> None:
        """Report a bound of the model; the plans it leaves out are no better than the run's best."""
        if self._run.feasible and self._run.score is not None:
            bound = min(bound, self._run.score.value)
        if math.isfinite(bound):
            self._run.raise_bound(bound, "mip", PHASE)
        else:
            self._run.tick(PHASE)

    def _agree(self) -> None:
        """Make sure that a plan which keeps every rule of the model was accepted by the judge."""
        if not self._run.feasible:
            broken = self._run.score.broken if self._run.score else ()
            raise SolverError(f"the model keeps every rule, but the judge finds broken: {broken[:3]}")


def goal_below(value: float, gap: float) -> float:
    """Return the bound that proves the gap asked for with a plan of some value."""
    return value - SAFELY * max(gap, PROVEN_GAP) * abs(value)
