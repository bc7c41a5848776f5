"""Rounds of CP-SAT: each model gets the separators that the plans before it broke."""

from collections.abc import Callable

from optimizer.construct.construct import repair
from optimizer.local_search.improve import improve
from optimizer.model.answer import Answer, Work, ask
from optimizer.model.contiguity import broken_separators, neighbour_separators
from optimizer.model.objective import Objective
from optimizer.model.separators import Separator
from optimizer.plan import Plan
from optimizer.problem import BoolArray, FloatArray, Problem
from optimizer.run import Run

PLANS_A_ROUND = 12
"""How many of a round's last plans give separators."""
REPAIR_MOVES = 200_000
"""Local moves spent on a repaired plan."""


class Rounds:
    """The separators learnt so far, and what one more round does with them.

    Parameters
    ----------
    run : Run
        Gets every plan found.
    rules : Problem
        What separators may rely on: the run's problem, without the limits that the models may miss.
    allowed : (n_units, n_reps) bool
    load_price : (n_measures, n_reps) float64
        For repairs.
    phase : str

    Attributes
    ----------
    separators : dict of Separators
        In the order they were learnt.
    """

    def __init__(self, run: Run, rules: Problem, allowed: BoolArray, load_price: FloatArray, phase: str) -> None:
        self.separators: dict[Separator, None] = dict.fromkeys(neighbour_separators(rules, allowed))
        self._run = run
        self._rules = rules
        self._load_price = load_price
        self._phase = phase

    def take(
        self, objective: Objective, work: Work, stop: Callable[[], bool], on_bound: Callable[[float], None]
    ) -> tuple[Answer, bool]:
        """Ask the model once, learn from its plans, and offer those that hang together.

        Returns
        -------
        answer : Answer
        whole : bool
            The model's best plan keeps contiguity, or there is none.
        """
        answer = ask(objective, work, stop, on_bound)
        whole = True
        for plan in answer.plans[-PLANS_A_ROUND:]:
            broken = dict.fromkeys(broken_separators(self._rules, objective.choices.possible, plan))
            whole = not broken
            self.separators |= broken
            if whole:
                self._run.offer(plan, self._phase)
        return answer, whole

    def repair(self, plan: Plan) -> None:
        """Join the pieces of a plan's territories, improve it and offer it."""
        problem, price = self._run.problem, self._load_price
        joined = repair(problem, plan, price)
        seed, stop = self._run.options.seed, self._run.over
        better = improve(problem, joined, price, moves=REPAIR_MOVES, seed=seed, stop=stop)
        self._run.offer(better, self._phase)
