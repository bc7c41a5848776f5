"""The nearest plan: structure kept, load limits and budgets missed least, from CP-SAT on the elastic model."""

from dataclasses import replace

from optimizer.eligibility import allowed_pairs
from optimizer.exact.rounds import Rounds
from optimizer.model.answer import Work
from optimizer.model.build import build_structure
from optimizer.model.elastic import add_misses
from optimizer.model.objective import Objective
from optimizer.model.symmetry import add_order, ordered, twins
from optimizer.problem import FloatArray
from optimizer.run import Run

FIRST_ROUND = 2.0
"""CP-SAT's deterministic time for the first round."""
GROWTH = 1.5
"""How much longer a round gets after one that was cut short."""
LEAST_ROUND = 0.05
"""What even a round that ends at once counts: models must be built, too."""
PHASE = "nearest"


class NearestSearch:
    """Searches a plan whose limits are missed least, until none is.

    Parameters
    ----------
    run : Run
    load_price : (n_measures, n_reps) float64
        For repairs.

    Attributes
    ----------
    least_violation : float
        Proven lower limit on the violation of every plan that keeps the structure; infinity where none does.
    """

    def __init__(self, run: Run, load_price: FloatArray) -> None:
        self.least_violation = 0.0
        self._run = run
        self._allowed = allowed_pairs(run.problem)
        self._twins = twins(run.problem, self._allowed)
        loose = replace(run.problem, limits=(), budgets=())
        self._rounds = Rounds(run, loose, self._allowed, load_price, PHASE)

    def search(self, work: float) -> float:
        """Work in rounds until a plan misses nothing, none can miss less, or `work` is spent; return what is not."""
        units, finished = FIRST_ROUND, False
        while work > 0 and not finished and not self._enough():
            units = min(units, work)
            objective = self._objective()
            answer, whole = self._rounds.take(objective, self._work(units), self._enough, self._tick)
            work -= max(answer.units, LEAST_ROUND)
            self.least_violation = max(self.least_violation, answer.bound)
            finished = answer.exhausted and whole
            if not whole:
                self._rounds.repair(answer.plans[-1])
            if not answer.exhausted:
                units *= GROWTH
        return work

    def _enough(self) -> bool:
        return self._run.feasible or self._run.over()

    def _tick(self, violation: float) -> None:
        self.least_violation = max(self.least_violation, violation)
        self._run.tick(PHASE)

    def _work(self, units: float) -> Work:
        options = self._run.options
        repeatable = options.effort is not None
        return Work(units, self._run.remaining_s, options.workers, options.seed, repeatable)

    def _objective(self) -> Objective:
        run = self._run
        choices = build_structure(run.problem, self._allowed, self._rounds.separators)
        add_order(choices, self._twins)
        objective = add_misses(choices, run.problem)
        if run.plan is not None:
            objective.hint(ordered(run.plan, self._twins))
        return objective
