"""Running CP-SAT on a model: one differently minded solver a core, and a stop that is obeyed at once."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from ortools.sat.python import cp_model

from optimizer.model.choices import Choices
from optimizer.model.objective import Objective
from optimizer.plan import Plan
from optimizer.result import SolverError, Stop

LOOK_EVERY_S = 0.1
"""How often the caller's `stop` is asked while CP-SAT runs."""
LOOKS_AFTER_STOP = 3
"""How often CP-SAT is waited for after a stop, before it is left to end by itself."""
MINDS: tuple[dict[str, bool], ...] = ({}, {"use_objective_lb_search": True}, {"optimize_with_core": True})
"""What the solvers of one model do differently: the first is best where it ends, the second raises bounds fastest.

One thread each, with all cuts of the linear relaxation, was measured to beat CP-SAT's own mix of workers: a first round
at 100 units x 8 reps took 2-5 s instead of 8-10 s of processor time.
"""


@dataclass(frozen=True)
class Work:
    """How much CP-SAT may do.

    Attributes
    ----------
    units : float
        CP-SAT's deterministic time for each solver, somewhat less than seconds.
    seconds : float
        Wall-clock limit, infinity for none.
    workers : int
        Cores to use.
    seed : int
    repeatable : bool
        Wait for all solvers, whichever ends first, so that the clock decides nothing.
    gap : float
        Stop at this relative gap of the model itself.
    most_plans : float
        Plans after which a solver stops.
    """

    units: float
    seconds: float
    workers: int
    seed: int
    repeatable: bool
    gap: float = 0.0
    most_plans: float = math.inf


@dataclass(frozen=True, eq=False)
class Answer:
    """What CP-SAT found.

    Attributes
    ----------
    exhausted : bool
        Every plan of the model was considered: the last plan is a best one (up to the gap asked for), or there is
        none.
    plans : tuple of Plan
        The best last.
    bound : float
        Lower limit on the objective of every plan of the model; infinity where there is none.
    units : float
        What was done of the work allowed.
    """

    exhausted: bool
    plans: tuple[Plan, ...]
    bound: float
    units: float


def ask(objective: Objective, work: Work, stop: Stop, on_bound: Callable[[float], None]) -> Answer:
    """Minimise an objective over its model.

    Parameters
    ----------
    objective : Objective
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
    minds = MINDS[: max(work.workers, 1)]
    solvers = [_Solver(objective, _parameters(work, mind), work.most_plans) for mind in minds]
    looks_left = LOOKS_AFTER_STOP
    while _at_work(solvers) and looks_left > 0:
        if stop():
            looks_left -= 1
            _stop(solvers)
        elif not work.repeatable and any(solver.satisfied() for solver in solvers):
            _stop(solvers)
        on_bound(objective.value(max(solver.bound for solver in solvers)))
    return _together(objective, solvers)


def _parameters(work: Work, mind: dict[str, bool]) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_deterministic_time = work.units
    if work.seconds != float("inf"):
        parameters.max_time_in_seconds = max(work.seconds, 0.01)
    parameters.num_workers = 1
    parameters.linearization_level = 2
    parameters.random_seed = work.seed
    parameters.relative_gap_limit = work.gap
    # CP-SAT's own handler would take Ctrl-C away from the caller, who alone knows what it means.
    parameters.catch_sigint_signal = False
    for name, value in mind.items():
        setattr(parameters, name, value)
    return solver


def _at_work(solvers: "list[_Solver]") -> bool:
    """Wait a moment for every solver; return whether any is still at work."""
    waited = [solver.wait(LOOK_EVERY_S / len(solvers)) for solver in solvers]
    return any(waited)


def _stop(solvers: "list[_Solver]") -> None:
    for solver in solvers:
        solver.solver.stop_search()


def _together(objective: Objective, solvers: "list[_Solver]") -> Answer:
    """Merge what the solvers know, the best plan last."""
    units = max(solver.units for solver in solvers)
    if any(solver.impossible() for solver in solvers):
        return Answer(True, (), float("inf"), units)
    found = sorted((pair for solver in solvers for pair in solver.found), key=lambda pair: -pair[0])
    exhausted = any(solver.exhausted() for solver in solvers)
    bound = objective.value(max(solver.bound for solver in solvers))
    return Answer(exhausted, tuple(plan for _, plan in found), bound, units)


class _Solver(cp_model.CpSolverSolutionCallback):
    """One CP-SAT at work in a thread of its own, which the caller may leave."""

    def __init__(self, objective: Objective, solver: cp_model.CpSolver, most_plans: float) -> None:
        super().__init__()
        self.solver = solver
        self.bound = float("-inf")
        self.units = 0.0
        self.found: list[tuple[float, Plan]] = []
        self._most_plans = most_plans
        self._choices: Choices = objective.choices
        self._status: list[cp_model.CpSolverStatus] = []
        solver.best_bound_callback = self._keep_bound
        self._thread = Thread(target=self._solve, daemon=True)
        self._thread.start()

    def on_solution_callback(self) -> None:
        """Keep one more plan."""
        self.found.append((self.objective_value, self._choices.plan(self.response_proto.solution)))
        if len(self.found) >= self._most_plans:
            self.stop_search()

    def wait(self, seconds: float) -> bool:
        """Wait a moment; return whether CP-SAT is still at work."""
        self._thread.join(seconds)
        if not self._thread.is_alive() and (not self._status or self._status[0] == cp_model.MODEL_INVALID):
            raise SolverError(f"CP-SAT failed: {self._choices.model.validate()}")
        return self._thread.is_alive()

    def impossible(self) -> bool:
        return bool(self._status) and self._status[0] == cp_model.INFEASIBLE

    def exhausted(self) -> bool:
        return bool(self._status) and self._status[0] in (cp_model.OPTIMAL, cp_model.INFEASIBLE)

    def satisfied(self) -> bool:
        return self.exhausted() or len(self.found) >= self._most_plans

    def _solve(self) -> None:
        status = self.solver.solve(self._choices.model, self)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            self._keep_bound(self.solver.best_objective_bound)
        self.units = self.solver.response_proto.deterministic_time
        self._status.append(status)

    def _keep_bound(self, bound: float) -> None:
        self.bound = max(self.bound, bound)
