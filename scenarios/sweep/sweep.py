"""The conductor of a sweep: points, their solves, the front and the proposals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from geodata.findings import InputError
from optimizer.options import SolveOptions
from optimizer.result import SolveResult, Stop
from scenarios.case import Case
from scenarios.options import solve_options
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import Source
from scenarios.sweep.crew import Answers, Crew
from scenarios.sweep.figures import Figures, other_hands
from scenarios.sweep.front import CONTRIBUTION, GOALS, TRAVEL, Goal, on_front
from scenarios.sweep.points import Point, Step, grid
from scenarios.sweep.proposals import MOST_PROPOSALS, Chosen, Front, choose
from scenarios.sweep.solve_point import PointAnswer, Refused, Solved, Task
from scenarios.sweep.steps import Steps, by_wish
from scenarios.sweep.vary import Vary, changed
from scenarios.sweep.worker import working

TIME_LIMIT_S = 12.0
"""Seconds a point, where neither the caller nor the scenario asks for effort."""


@dataclass(frozen=True)
class SweepWish:
    """What a caller of sweep wants.

    Attributes
    ----------
    varies : tuple of Vary
        The grid; empty where the sweep chooses its points.
    proposals : int
        Most proposals, at most seven.
    changes : mapping
        Options of each solve in place of the scenario's, None where it decides; `workers` is how many points are
        solved side by side, each on one core.
    """

    varies: tuple[Vary, ...] = ()
    proposals: int = MOST_PROPOSALS
    changes: Mapping[str, float | int | None] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Sweep:
    """Everything a sweep found.

    Attributes
    ----------
    source : Source
    case : Case
        The scenario as written.
    options : SolveOptions
        Of each point, but for its start.
    points : tuple of Point
    answers : mapping
        By index of the point; a point that was not finished is missing.
    goals : tuple of Goal
        In which the plans are compared.
    front : tuple of int
        Indices of the points that no other one beats.
    proposals : tuple of Chosen
        Their rows are indices of points.
    results : mapping
        What the solver says of each solved point, where it was solved in this run.
    """

    source: Source
    case: Case
    options: SolveOptions
    points: tuple[Point, ...]
    answers: Answers
    goals: tuple[Goal, ...] = ()
    front: tuple[int, ...] = ()
    proposals: tuple[Chosen, ...] = ()
    results: Mapping[int, SolveResult] = field(default_factory=dict)

    def solved(self, index: int) -> Solved:
        """Return the answer of a point that has a plan."""
        answer = self.answers[index]
        assert isinstance(answer, Solved)
        return answer


OnPoint = Callable[[Sequence[Point], PointAnswer], None]
"""Told every finished point, with all points there are so far."""


def sweep(source: Source, wish: SweepWish, stop: Stop, on_point: OnPoint) -> Sweep:
    """Solve every point of a sweep and choose proposals from the front.

    Raises
    ------
    InputError
        If the scenario as written, or an option, cannot be used. A point whose values make no sense is an answer.
    """
    options, processes = point_options(source, wish)
    case = prepare(source)
    points: list[Point] = []

    def make(index: int, answers: Answers) -> Task | Refused:
        start = points[index].start
        return point_task(source, options, index, points[index], None if start is None else answers.get(start))

    with working(processes) as workers:
        crew = Crew(workers, make, stop, lambda answer: on_point(points, answer))
        while more := further_points(case, wish, points, crew.done):
            points += more
            crew.solve(points)
            if stop():
                break
    return judged(Sweep(source, case, options, tuple(points), crew.done, results=crew.results), wish.proposals)


def further_points(case: Case, wish: SweepWish, points: Sequence[Point], answers: Answers) -> Sequence[Point]:
    """Return the points to solve once all so far are done, none at the end.

    A grid comes at once; otherwise first the scenario as written, then the ends of the front, then steps between them.
    """
    if wish.varies:
        steps = [[Step({vary.path: value}) for value in vary.values] for vary in wish.varies]
        return () if points else grid(steps)
    chooser, figures = Steps(case, wish.proposals), _feasible(answers)
    if not points:
        return chooser.first()
    if len(points) == 1:
        return chooser.ends(by_wish(points, figures))
    return () if any(point.limits for point in points) else chooser.between(points, figures)


def point_options(source: Source, wish: SweepWish) -> tuple[SolveOptions, int]:
    """Return the options of each solve, on one core, and how many are solved at a time."""
    written, changes = source.scenario.solve, dict(wish.changes)
    if written.effort is None and changes.get("effort") is None and changes.get("time_limit_s") is None:
        changes["time_limit_s"] = TIME_LIMIT_S
    options = solve_options(written, changes, None)
    return replace(options, workers=1), options.workers


def point_task(
    source: Source, options: SolveOptions, index: int, point: Point, start: PointAnswer | None
) -> Task | Refused:
    """Return the task of a point, given the answer of the one it starts from."""
    try:
        document = changed(source, point.values)
    except InputError as error:
        return Refused(index, error.findings)
    return Task(index, document, options, start.held if isinstance(start, Solved) else ())


def _feasible(answers: Answers) -> dict[int, Figures]:
    """Return the figures of the points that have a plan which keeps every hard rule."""
    return {
        index: answer.figures for index, answer in answers.items() if isinstance(answer, Solved) and answer.keeps_rules
    }


def _in_its_unit(goal: Goal, case: Case) -> Goal:
    """Return a goal as people of this scenario read it: contribution in their currency, travel in a matrix's cost."""
    if goal is CONTRIBUTION:
        economics = case.economics
        label = f"{goal.label}, modelled" if economics.label == "modelled" else goal.label
        return replace(goal, label=label, unit=economics.currency or "index, today = 100")
    if goal is TRAVEL and case.scenario.travel is not None:
        return replace(goal, label="mean travel cost", unit="as in the matrix")
    return goal


def judged(found: Sweep, most: int) -> Sweep:
    """Return the sweep with its front and proposals."""
    figures = _feasible(found.answers)
    known = (goal for goal in GOALS if figures and all(goal.name in row for row in figures.values()))
    goals = tuple(_in_its_unit(goal, found.case) for goal in known)
    if not goals:
        return found
    indices = sorted(figures)
    table = np.array([[figures[index][goal.name] for goal in goals] for index in indices])
    rows = np.flatnonzero(on_front(table, [goal.sign for goal in goals])).tolist()
    front = tuple(indices[row] for row in rows)

    @cache
    def hands(one: int, other: int) -> float:
        return other_hands(found.solved(front[one]).held, found.solved(front[other]).held)

    chosen = choose(Front(table[rows], goals, hands), most)
    proposals = tuple(replace(item, row=front[item.row]) for item in chosen)
    return replace(found, goals=goals, front=front, proposals=proposals)
