"""The headcount curve: contribution with each number of reps, and what it says."""

import re
from collections.abc import Sequence
from dataclasses import replace

from geodata.findings import Finding, InputError, Level
from optimizer.options import SolveOptions
from optimizer.result import Stop
from scenarios.document.scenario import Scenario
from scenarios.sizing.model import Candidate, SizePoint, Sizing
from scenarios.sizing.solved import Solved, size_point, solve_team
from scenarios.sizing.staffing import Base, Staffing
from scenarios.sizing.walk import TRIED, Tell, Walk

FLAT = 0.01
"""Contributions that are less than this share below the best are as good."""


def size_team(base: Base, lowest: int, highest: int, options: SolveOptions, stop: Stop, tell: Tell) -> Sizing:
    """Return the headcount curve from `lowest` to `highest` reps.

    Parameters
    ----------
    base : Base
    lowest, highest : int
        At least 1; today's size may lie outside of them.
    options : SolveOptions
        Of each solve; a point needs up to `walk.TRIED` of them.
    stop : callable
        Asked often; true ends with the points found so far.
    tell : callable
        Told of each point.

    Raises
    ------
    InputError
        Where the scenario cannot have another number of reps, or with today's team has no plan at all.
    """
    check_range(base.source.scenario, base.inputs.team.is_free, len(base.case.seats), highest)
    if base.inputs.team.is_free:
        teams = _free(base, lowest, highest, options, stop, tell)
        return _sizing(base, teams, lowest, highest, [], [])
    today = solve_team(base, Staffing(), _as_often(options), stop)
    if today is None:
        raise InputError([_no_plan()])
    tell(f"{len(base.case.seats)} reps, today's team: {today.total:,.0f}")
    walk = Walk(base, options, stop, tell)
    down = list(walk.down(today, lowest))
    up = list(walk.up(today, highest))
    teams = [*(team for team, _ in reversed(down)), today, *(team for team, _ in up)]
    return _sizing(base, teams, lowest, highest, down[0][1] if down else [], up[0][1] if up else [])


def reps_range(text: str) -> tuple[int, int]:
    """Return the ends of a range such as 18..24, or of a single number; raises InputError for anything else."""
    match = re.fullmatch(r"\s*(\d{1,6})\s*(?:(?:\.\.|-|:)\s*(\d{1,6}))?\s*", text, flags=re.ASCII)
    ends = (0, 0) if match is None else (int(match[1]), int(match[2] or match[1]))
    if not 1 <= ends[0] <= ends[1]:
        message = f"--reps {text!r} is no range of headcounts."
        raise InputError([Finding(Level.ERROR, "invalid-range", message, "Maybe write 18..24.", value=text)])
    return ends


def _as_often(options: SolveOptions) -> SolveOptions:
    """Return the options with the work of all that is tried at a step, so that today's team has the same chance."""
    if options.time_limit_s is not None:
        return replace(options, time_limit_s=TRIED * options.time_limit_s)
    return replace(options, effort=TRIED * (options.effort or 0.0))


def check_range(scenario: Scenario, is_free: bool, today: int, highest: int) -> None:
    """Raise InputError where reps would have to be added who cannot be described."""
    columns = [name for name, measure in scenario.measures.items() if measure.target not in ("capacity", "equal")]
    if is_free or highest <= today or not (columns or scenario.travel):
        return
    if scenario.travel:
        why, hint = "the travel matrix has no way for a new rep", "Maybe leave out travel, so that km count."
    else:
        why = f"measures.{columns[0]}.target is a column of the reps, and a new rep has no such target"
        hint = "Maybe use `capacity` or `equal`."
    message = f"More than {today} reps cannot be looked at: {why}."
    raise InputError([Finding(Level.ERROR, "no-new-reps", message, hint, field="--reps", value=str(highest))])


def _no_plan() -> Finding:
    return Finding(Level.ERROR, "no-reps", "Today's team cannot be solved.", "Maybe run `territory check`.")


def _free(base: Base, lowest: int, highest: int, options: SolveOptions, stop: Stop, tell: Tell) -> list[Solved]:
    """Return free territories of every number: nobody goes and nobody is placed."""
    teams: list[Solved] = []
    for count in range(lowest, highest + 1):
        team = None if stop() else solve_team(base, Staffing(count=count), options, stop)
        if team is not None:
            tell(f"{count} territories: {team.total:,.0f}")
            teams.append(team)
    return teams


def _sizing(
    base: Base,
    teams: Sequence[Solved],
    lowest: int,
    highest: int,
    vacancies: list[Candidate],
    homes: list[Candidate],
) -> Sizing:
    befores = [None, *teams[:-1]]
    points = [size_point(team, before) for team, before in zip(teams, befores, strict=True)]
    points = [point for point in points if lowest <= point.reps <= highest]
    if not points:
        raise InputError([_no_plan()])
    best = max(points, key=lambda point: (point.broken == 0, point.contribution))
    figures = teams[0].figures
    return Sizing(
        name=base.source.scenario.name,
        unit=figures.unit,
        label=figures.label,
        reasons=list(figures.reasons),
        today=len(base.case.seats),
        points=points,
        best=best.reps,
        flat=_flat(points, best),
        break_even=best.reps if _is_inside(points, best) and figures.rep_cost > 0 else None,
        vacancies=vacancies,
        homes=homes,
    )


def _flat(points: Sequence[SizePoint], best: SizePoint) -> list[int]:
    least = best.contribution - FLAT * abs(best.contribution)
    return [point.reps for point in points if point.contribution >= least and point.broken <= best.broken]


def _is_inside(points: Sequence[SizePoint], best: SizePoint) -> bool:
    """Return whether the curve falls to both sides of the best point."""
    return points[0].reps < best.reps < points[-1].reps
