"""The judge: what a plan is worth and which hard rules it breaks, told without any solver.

It reads the raw rules of the Problem and shares nothing with the models, so that a disagreement shows a mistake.
"""

import numpy as np

from optimizer.graph import IntArray
from optimizer.judge.goals import balance_amount, contribution_amount, disruption_amount, fit_amount, travel_amount
from optimizer.judge.places import centers, pieces
from optimizer.judge.rules import broken_rules
from optimizer.plan import Plan
from optimizer.problem import FloatArray, LoadArray, Problem
from optimizer.score import GoalPart, Score


def judge(problem: Problem, plan: Plan) -> Score:
    """Score a plan, finished or not, good or bad.

    Parameters
    ----------
    problem : Problem
    plan : Plan
        Any owners; units with an owner that is no rep count as nobody's.

    Returns
    -------
    Score

    Raises
    ------
    ValueError
        If the plan is of another number of units.
    """
    if plan.owner.shape != (problem.n_units,):
        raise ValueError(
            f"a plan of {plan.owner.shape} owners for {problem.n_units} units. Maybe it belongs to another problem."
        )
    load = loads(problem, plan.owner)
    center = centers(problem, plan.owner)
    weights = problem.weights
    goals: tuple[GoalPart, ...] = (
        GoalPart("travel", weights.travel, travel_amount(problem, plan.owner, center)),
        GoalPart("fit", weights.fit, fit_amount(problem, plan.owner)),
        GoalPart("balance", weights.balance, balance_amount(problem, load)),
        GoalPart("disruption", weights.disruption, disruption_amount(problem, plan.owner)),
    )
    if problem.forgone is not None:
        goals += (GoalPart("contribution", weights.contribution, contribution_amount(problem, plan.owner)),)
    return Score(
        value=sum(goal.weight * goal.amount for goal in goals),
        goals=goals,
        broken=broken_rules(problem, plan.owner, load, center),
        load=load,
        pieces=pieces(problem, plan.owner),
        center_xyz_m=center,
        violation=_violation(problem, load),
    )


def loads(problem: Problem, owner: IntArray) -> LoadArray:
    """Return each rep's load of every measure, (n_measures, n_reps) int64."""
    load = np.zeros((len(problem.measures), problem.n_reps), dtype=np.int64)
    owned = (owner >= 0) & (owner < problem.n_reps)
    for row, amounts in zip(load, problem.load, strict=True):
        np.add.at(row, owner[owned], amounts[owned])
    return load


def _violation(problem: Problem, load: LoadArray) -> float:
    """Sum the misses of all load limits as shares of the target (of an equal share where that is 0)."""
    equal = problem.load.sum(axis=1) / problem.n_reps
    violation = 0.0
    for limit in problem.limits:
        target: FloatArray = problem.target[limit.measure]
        base = np.where(target > 0, target, equal[limit.measure] or 1.0)
        amount = load[limit.measure]
        miss = np.maximum(limit.low - amount, 0) + np.maximum(amount - limit.high, 0)
        violation += float((miss / base).sum())
    return violation
