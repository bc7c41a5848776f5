"""A quick search for any plan that keeps every rule of a problem, from a plan that nearly does."""

from dataclasses import dataclass

import numpy as np

from optimizer.allowance import MOVES_A_SECOND, Step
from optimizer.construct.construct import construct
from optimizer.exact.nearest import NearestSearch
from optimizer.explain.impossible import prove_impossible
from optimizer.free.start import free_start
from optimizer.judge.judge import judge
from optimizer.local_search.improve import improve
from optimizer.local_search.mend import mend
from optimizer.model.modelled import is_modelled
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.run import Run, standing

MODEL_WORK = 3.0
"""CP-SAT's deterministic time for one search, for effort 1."""
MOVES_A_UNIT = 3_000
"""Proposals of the local search for each unit."""
SETUP_MOVES_A_UNIT = 100
"""What a search costs before its first proposal, in as many for each unit."""
ANEW_WORK = 4.0
"""How much harder a search from nothing may work than others: a solve from nothing works harder still."""
ANEW_MOVES_A_UNIT = 10_000
"""Proposals of the local search for each unit where it begins from nothing."""
ANEW_MOVES_A_UNIT_LARGE = 1_000
"""The same on large maps; any number is enough for two cycles of annealing."""


@dataclass(frozen=True)
class Sought:
    """What a search brought: a plan that keeps every rule, or the knowledge that there is none, or neither."""

    plan: Plan | None
    is_impossible: bool = False


def seek(problem: Problem, start: Plan, work: float, seed: int, step: Step) -> Sought:
    """Look for a plan that keeps every hard rule.

    Parameters
    ----------
    problem : Problem
    start : Plan
        Keeps most of the rules.
    work : float
        1 for a thorough search.
    seed : int
    step : Step
        What it may take.
    """
    if not judge(problem, start).broken:
        return Sought(start)
    if step.over():
        return Sought(None)
    step.spend(SETUP_MOVES_A_UNIT * problem.n_units)
    if prove_impossible(problem, step.over):
        return Sought(None, is_impossible=True)
    plan = _searched(problem, start, work, seed, step)
    if not judge(problem, plan).broken:
        return Sought(plan)
    if step.over() or not is_modelled(problem):
        return Sought(None)
    nearer = min((start, plan), key=lambda one: standing(judge(problem, one)))
    return _modelled(problem, nearer, min(MODEL_WORK * work, step.left() / MOVES_A_SECOND), seed, step)


def seek_anew(problem: Problem, work: float, seed: int, step: Step) -> Sought:
    """Look for a plan that keeps every hard rule as a solve does that knows none; arguments as in `seek`."""
    found = design_anew(problem, work, seed, step)
    if found.plan is not None or step.over() or not is_modelled(problem):
        return found
    return seek(problem, _anything(problem, seed), ANEW_WORK * work, seed, step)


def design_anew(problem: Problem, work: float, seed: int, step: Step) -> Sought:
    """Look for such a plan by local search alone, from nothing; arguments as in `seek`."""
    if step.over():
        return Sought(None)
    a_unit = ANEW_MOVES_A_UNIT if is_modelled(problem) else ANEW_MOVES_A_UNIT_LARGE
    plan = _annealed(problem, _anything(problem, seed), _moves(problem, a_unit * work, step), seed, step)
    return Sought(None if judge(problem, plan).broken else plan)


def _anything(problem: Problem, seed: int) -> Plan:
    """Return a plan as any solve may begin with."""
    rng = np.random.default_rng(seed)
    if problem.free.any():
        return free_start(problem, rng)
    return construct(problem, np.zeros(problem.target.shape), rng)


def _searched(problem: Problem, start: Plan, work: float, seed: int, step: Step) -> Plan:
    moves = _moves(problem, MOVES_A_UNIT * work, step)
    if problem.free.any():
        return _annealed(problem, start, moves, seed, step)
    return mend(problem, start, seed=seed, stop=step.over, moves=moves, spend=step.spend)


def _moves(problem: Problem, a_unit: float, step: Step) -> int:
    """Return how many proposals a search makes that asks for so many a unit."""
    return max(int(min(max(int(a_unit), 1) * problem.n_units, step.left())), 1)


def _annealed(problem: Problem, start: Plan, moves: int, seed: int, step: Step) -> Plan:
    step.spend(moves + SETUP_MOVES_A_UNIT * problem.n_units)
    unpriced = np.zeros(problem.target.shape)
    return improve(problem, start, unpriced, moves=moves, seed=seed, stop=step.over)


def _modelled(problem: Problem, start: Plan, work: float, seed: int, step: Step) -> Sought:
    """Ask CP-SAT for the plan that misses least."""
    options = SolveOptions(time_limit_s=None, effort=1.0, gap=1.0, seed=seed, workers=1)
    run = Run(problem, options, lambda _: None, step.over)
    run.offer(start, "seek")
    nearest = NearestSearch(run, np.zeros(problem.target.shape))
    step.spend(MOVES_A_SECOND * (work - nearest.search(work)))
    return Sought(run.plan if run.feasible else None, nearest.least_violation > 0)
