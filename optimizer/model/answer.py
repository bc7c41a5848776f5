"""Running CP-SAT on a model, with a stop that is obeyed at once."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from ortools.sat.python import cp_model

from optimizer.model.objective import Objective
from optimizer.model.choices import Choices
from optimizer.plan import Plan
from optimizer.result import SolverError, Stop

LOOK_EVERY_S = 0.1
"""How often the caller's `stop` is asked while CP-SAT runs."""
LOOKS_AFTER_STOP = 3
"""How often CP-SAT is waited for after a stop, before it is left to end by itself."""


@dataclass(frozen=True)
class Work:
    """How much CP-SAT may do.

    Attributes
    ----------
    units : float
        CP-SAT's deterministic time, about seconds on a quiet machine.
    seconds : float
        Wall-clock limit, infinity for none.
    workers : int
    seed : int
    repeatable : bool
        Let the workers take turns in a fixed order, so that the clock decides nothing.
    gap : float
        Stop at this relative gap of the model itself.
    """

    units: float
    seconds: float
    workers: int
    seed: int
    repeatable: bool
    gap: float = 0.0


@dataclass(frozen=True, eq=False)
class Answer:
    """What CP-SAT found.

    Attributes
    ----------
    exhausted : bool
        Every plan of the model was considered: the last plan is a best one (up to the gap asked for), or there is
        none.
    plans : tuple of Plan
        Each better than the one before, the best last.
    bound : float
        Lower limit on the value of every plan of the model; infinity where there is none.
    """

    exhausted: bool
    plans: tuple[Plan, ...]
    bound: float


def ask(objective: Objective, work: Work, stop: Stop, on_bound: Callable[[float], None]) -> Answer:
    """Minimise the value over a model.

    Parameters
    ----------
    model : Objective
    work : Work
    stop : callable
        Asked in the caller's thread about ten times a second.
    on_bound : callable
        Told the bound so far as often.

    Raises
    ------
    SolverError
        If CP-SAT rejects the model.
    """
    running = _Running(objective, solver_for(work))
    looks_left = LOOKS_AFTER_STOP
    while running.wait() and looks_left > 0:
        if stop():
            looks_left -= 1
            running.solver.stop_search()
        on_bound(objective.value(running.bound))
    return running.answer()


def solver_for(work: Work) -> cp_model.CpSolver:
    """Return a CP-SAT solver with the parameters of some work."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_deterministic_time = work.units
    if work.seconds != float("inf"):
        parameters.max_time_in_seconds = max(work.seconds, 0.01)
    parameters.num_workers = work.workers
    parameters.random_seed = work.seed
    parameters.interleave_search = work.repeatable and work.workers > 1
    parameters.relative_gap_limit = work.gap
    # CP-SAT's own handler would take Ctrl-C away from the caller, who alone knows what it means.
    parameters.catch_sigint_signal = False
    return solver


class _Running:
    """CP-SAT at work in a thread of its own, which the caller may leave."""

    def __init__(self, objective: Objective, solver: cp_model.CpSolver) -> None:
        self.solver = solver
        self.bound = float("-inf")
        self._objective = objective
        self._found = _Plans(objective.choices)
        self._status: list[cp_model.CpSolverStatus] = []
        self._thread = Thread(target=self._solve, daemon=True)
        solver.best_bound_callback = self._keep_bound
        self._thread.start()

    def wait(self) -> bool:
        """Wait for one look; return whether CP-SAT is still at work."""
        self._thread.join(LOOK_EVERY_S)
        return self._thread.is_alive()

    def answer(self) -> Answer:
        plans = tuple(self._found.plans)
        if self._thread.is_alive():
            return Answer(False, plans, self._objective.value(self.bound))
        if not self._status or self._status[0] == cp_model.MODEL_INVALID:
            raise SolverError(f"CP-SAT failed: {self._objective.choices.model.validate()}")
        if self._status[0] == cp_model.INFEASIBLE:
            return Answer(True, (), float("inf"))
        self._keep_bound(self.solver.best_objective_bound)
        return Answer(self._status[0] == cp_model.OPTIMAL, plans, self._objective.value(self.bound))

    def _solve(self) -> None:
        self._status.append(self.solver.solve(self._objective.choices.model, self._found))

    def _keep_bound(self, bound: float) -> None:
        self.bound = max(self.bound, bound)


class _Plans(cp_model.CpSolverSolutionCallback):
    """Keeps every plan found, in the order of their values."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self.plans: list[Plan] = []

    def on_solution_callback(self) -> None:
        """Keep one more."""
        self.plans.append(self._choices.plan(self.response_proto.solution))
