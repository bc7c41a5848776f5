"""What a team can be expected to contribute, without solving: the Lagrangian bound of its linear view."""

import numpy as np

from optimizer.bound.duals import TEMPERATURES, find_prices
from optimizer.costs import pair_cost
from optimizer.eligibility import allowed_pairs
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from scenarios.case import Case
from scenarios.economics.bound import missed
from scenarios.economics.contribution import contribution
from scenarios.economics.crews import plan_crew
from scenarios.economics.linear import per_money, reference

ROUGH = TEMPERATURES[:4]
ROUGH_ITERATIONS = 40


def expected(case: Case) -> float:
    """Return about what the best plan contributes, with every seat paid; rather too much than too little.

    Contribution = K - value + what the linear view misses, K the same for all plans of a case. Any plan tells K, and
    the bound stands in for the value of the best plan. It ignores contiguity and that units are whole.
    """
    cost = np.where(allowed_pairs(case.problem), pair_cost(case.problem), np.inf)
    near = Plan(cost.argmin(axis=1).astype(np.int32))
    figures, crew = contribution(case, near), plan_crew(case, near)
    before_cost = figures.gross - figures.travel_cost - figures.disruption_loss
    constant = before_cost + judge(case.problem, near).value - missed(case, reference(case), near)
    bound = find_prices(case.problem, temperatures=ROUGH, iterations=ROUGH_ITERATIONS).bound
    return constant - bound - per_money(case) * float(crew.cost.sum())
