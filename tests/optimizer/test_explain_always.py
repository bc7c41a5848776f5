"""What must hold of explanations whatever the problem: proofs are true, relaxations are enough."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.allowance import Step
from optimizer.explain.impossible import prove_impossible
from optimizer.explain.loosened import loosened
from optimizer.explain.relaxations import relaxations
from optimizer.explain.search import search_proofs
from optimizer.judge.judge import judge
from optimizer.local_search.run import never
from optimizer.plan import Plan
from optimizer.problem import Problem
from tests.optimizer.tiny import changed, ints
from tests.optimizer.wild import wild_problem

SEEDS = st.integers(0, 2**32 - 1)


def tame_problem(rng: np.random.Generator) -> Problem:
    """Draw a small problem with only some kinds of rules, so that many can be kept."""
    problem = wild_problem(rng, int(rng.integers(3, 7)), int(rng.integers(1, 4)))
    none = {
        "forbidden": np.zeros((0, 2), dtype=np.int32),
        "banned": np.zeros_like(problem.banned),
        "locked": np.full(problem.n_units, -1, dtype=np.int32),
        "home_units": tuple(ints() for _ in range(problem.n_reps)),
        "max_distance_km": np.inf,
        "apart": (),
        "together": (),
    }
    return changed(problem, **{name: value for name, value in none.items() if rng.random() < 0.7})


def possible(problem: Problem) -> bool:
    """Try every plan."""
    owners = product(range(problem.n_reps), repeat=problem.n_units)
    return any(not judge(problem, Plan(np.array(owner))).broken for owner in owners)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(SEEDS)
def test_no_proof_is_given_where_a_plan_exists(seed: int) -> None:
    """A scenario is never called impossible while some plan keeps every hard rule."""
    rng = np.random.default_rng(seed)
    problem = tame_problem(rng)
    reasons = prove_impossible(problem)
    assert not reasons or not possible(problem), reasons


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SEEDS)
def test_no_slower_proof_is_given_where_a_plan_exists(seed: int) -> None:
    """Nor by the conflicts and pockets that are searched for."""
    rng = np.random.default_rng(seed)
    problem = tame_problem(rng)
    plan = Plan(rng.integers(0, problem.n_reps, problem.n_units))
    reasons, _ = search_proofs(problem, plan, judge(problem, plan), Step(never))
    assert not reasons or not possible(problem), reasons


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SEEDS)
def test_relaxations_are_enough(seed: int) -> None:
    """With everything loosened as suggested, the plan keeps every hard rule by the judge."""
    rng = np.random.default_rng(seed)
    problem = wild_problem(rng, int(rng.integers(3, 12)), int(rng.integers(1, 4)))
    owner = rng.permutation(np.arange(problem.n_units) % problem.n_reps)
    score = judge(problem, Plan(owner))
    assert judge(loosened(problem, relaxations(problem, score)), Plan(owner)).broken == ()
