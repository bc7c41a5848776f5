"""The local search: never worse, exact running totals, reproducible, and able to reach what is reachable."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.bound.duals import find_prices
from optimizer.construct.construct import construct
from optimizer.judge.judge import judge
from optimizer.local_search import anneal, region, resplit, running
from optimizer.local_search.around import SPREAD, settle_misses
from optimizer.local_search.build import search_state
from optimizer.local_search.improve import improve
from optimizer.local_search.prices import standing
from optimizer.local_search.refine import refine
from optimizer.local_search.reseat import reseat
from optimizer.local_search.restarts import search_again
from optimizer.local_search.run import LocalSearch
from optimizer.local_search.running import missed, present_owner
from optimizer.plan import Plan
from optimizer.problem import Contiguity, Problem, Weights
from optimizer.run import standing as judged
from tests.optimizer.tiny import changed, drawn_plan, grid_problem, ints, limit
from tests.optimizer.wild import wild_problem

SEEDS = st.integers(0, 2**31)
FREE = st.sampled_from(["none", "some", "all"])
MOVES = 20_000


def _prices(problem: Problem) -> np.typing.NDArray[np.float64]:
    return np.zeros(problem.target.shape)


def _random_plan(rng: np.random.Generator, problem: Problem) -> Plan:
    return Plan(rng.integers(0, problem.n_reps, problem.n_units).astype(np.int32))


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(1, 25), st.integers(1, 5), FREE)
def test_refining_never_makes_a_plan_worse(seed: int, n_units: int, n_reps: int, free: str) -> None:
    """Places are annealed hot and strictly as problems of their own; put back they must break no rule of the whole."""
    problem = wild_problem(np.random.default_rng(seed), n_units, n_reps, free)
    nobody = Plan(np.full(problem.n_units, -1, dtype=np.int32))
    plan = improve(problem, nobody, _prices(problem), moves=1_000, seed=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("optimizer.local_search.refine.PLACE_REPS", 2)
        better = refine(problem, plan, _prices(problem), moves=MOVES, seed=1, workers=2)
    assert _standing(problem, better) <= _standing(problem, plan)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 25), st.integers(1, 5), FREE)
def test_improving_never_makes_a_plan_worse(seed: int, n_units: int, n_reps: int, free: str) -> None:
    """Whoever hands in a plan must get one back that is at least as good, structure first."""
    rng = np.random.default_rng(seed)
    problem = wild_problem(rng, n_units, n_reps, free)
    plan = construct(problem, _prices(problem), rng)
    better = improve(problem, plan, _prices(problem), moves=MOVES, seed=seed)
    assert _standing(problem, better) <= _standing(problem, plan)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(2, 25), st.integers(2, 5), FREE)
def test_running_totals_stay_exact(seed: int, n_units: int, n_reps: int, free: str) -> None:
    """Totals kept move by move must equal those computed afresh, and the judge's, or the search optimises a dream."""
    rng = np.random.default_rng(seed)
    problem = wild_problem(rng, n_units, n_reps, free)
    search = LocalSearch(problem, construct(problem, _prices(problem), rng), _prices(problem), MOVES, seed)
    search.step(3000, 1.0)
    state = search.state
    plan = Plan(present_owner(state).astype(np.int32))
    fresh = search_state(problem, plan, 0)
    assert (state.limits["load"] == fresh.limits["load"]).all()
    assert (state.pieces == fresh.pieces).all()
    assert (state.budgets["used"] == fresh.budgets["used"]).all()
    assert state.common["broken"][0] == fresh.common["broken"][0]
    now, score = standing(problem, state), judge(problem, plan)
    assert now[2] == pytest.approx(score.value, rel=1e-5, abs=1e-5)
    assert now[1] == pytest.approx(judged(score)[1])


def test_fewer_territories_outside_go_before_the_same_misses_spread() -> None:
    """A plan that leaves one territory less outside is nearer to the limits, for the search as for the whole solve."""
    problem = grid_problem("AoooBoooCooo")
    problem = changed(problem, limits=(limit(problem, 0, 4, 4),))
    two, three = (Plan(np.repeat(np.arange(3), sizes).astype(np.int32)) for sizes in ((6, 4, 2), (5, 5, 2)))
    assert judge(problem, two).violation == judge(problem, three).violation
    assert judged(judge(problem, two))[:2] < judged(judge(problem, three))[:2]
    assert _standing(problem, two)[:2] < _standing(problem, three)[:2]


def test_the_same_seed_gives_the_same_plan() -> None:
    """Reproducible answers need every random choice to come from the seed."""
    problem = _banded_grid()
    plans = [improve(problem, _stripes(problem), _prices(problem), moves=MOVES, seed=3) for _ in range(2)]
    assert plans[0].owner.tobytes() == plans[1].owner.tobytes()


def test_repeated_searches_do_not_depend_on_the_number_at_once() -> None:
    """Searches that overtake each other must not decide the answer."""
    problem = _banded_grid()
    start = construct(problem, _prices(problem), np.random.default_rng(0))
    plans = [list(islice(search_again(problem, start, _prices(problem), 7, workers), 5)) for workers in (1, 3)]
    assert [plan.owner.tobytes() for plan in plans[0]] == [plan.owner.tobytes() for plan in plans[1]]
    assert all(_standing(problem, plan) <= _standing(problem, start) for plan in plans[0])


def test_bands_are_reached_with_connected_territories() -> None:
    """The search exists to bring loads into band without tearing territories apart."""
    problem = _banded_grid()
    prices = find_prices(problem)
    plan = construct(problem, prices.load_price, np.random.default_rng(0))
    assert judge(problem, improve(problem, plan, prices.load_price, moves=200_000, seed=1)).broken == ()


def test_reps_in_each_others_territories_change_seats() -> None:
    """Where nobody on the way may move, only whole territories can: on 3,108 counties one such pair cost 3 %."""
    problem = grid_problem("AoBoCo", locked=ints(-1, -1, 1, 1, -1, -1))
    problem = changed(problem, limits=(limit(problem, 0, 2, 2),))
    plan = improve(problem, drawn_plan("CCBBAA"), _prices(problem), moves=MOVES, seed=0)
    assert plan.owner.tolist() == drawn_plan("AABBCC").owner.tolist()


def test_whoever_misses_a_limit_keeps_the_seat_whatever_a_miss_costs_others() -> None:
    """A rep from the other end of the map where misses are priced lower would only sit in the same trouble."""
    problem = grid_problem("AoBoCo")
    problem = changed(problem, limits=(limit(problem, 0, 2, 2),))
    search = LocalSearch(problem, drawn_plan("AAABCC"), _prices(problem), 1, 0)
    search.price[0] *= 1e6
    search.set_prices()
    assert not reseat(search)


def test_a_plan_with_holes_is_filled() -> None:
    """A hand-made plan may leave units without a rep; the search must still begin somewhere sensible."""
    problem = _banded_grid()
    nobody = Plan(np.full(problem.n_units, -1, dtype=np.int32))
    assert judge(problem, improve(problem, nobody, _prices(problem), moves=200_000, seed=1)).broken == ()


def test_a_stop_is_obeyed_at_once() -> None:
    """A user's stop must not wait for the schedule to end."""
    problem = _banded_grid()
    start = construct(problem, _prices(problem), np.random.default_rng(0))
    plan = improve(problem, start, _prices(problem), moves=10**12, seed=1, stop=lambda: True)
    assert len(plan.owner) == problem.n_units


def test_pieces_of_exempt_units_are_free() -> None:
    """Named accounts may lie anywhere: contiguity must not keep them from their best rep."""
    problem = grid_problem("AooooB", contiguity=np.array([2, 2, 2, 2, Contiguity.OFF, 2], dtype=np.int8))
    locked = changed(problem, locked=ints(-1, -1, -1, -1, 0, -1))
    plan = improve(locked, Plan(ints(0, 0, 1, 1, 1, 1)), _prices(locked), moves=MOVES, seed=0)
    assert plan.owner[4] == 0
    assert judge(locked, plan).broken == ()


def test_every_kernel_is_compiled_once() -> None:
    """A second set of argument types would compile for seconds in the middle of a timed solve."""
    improve(_banded_grid(), _stripes(_banded_grid()), _prices(_banded_grid()), moves=MOVES, seed=0)
    problem = wild_problem(np.random.default_rng(1), 12, 3, "some")
    improve(problem, _random_plan(np.random.default_rng(0), problem), _prices(problem), moves=MOVES, seed=0)
    kernels = [
        anneal.anneal,
        anneal.restore,
        resplit.resplit,
        region.activate_around,
        running.refresh_centers,
        running.centers_value,
        running.count_far,
    ]
    assert all(len(kernel.signatures) <= 1 for kernel in kernels)


def _banded_grid() -> Problem:
    rng = np.random.default_rng(5)
    problem = grid_problem("Aooooooo/oooooBoo/oooooooo/ooCooooo/ooooooDo", load=rng.integers(5, 15, (2, 40)))
    mean = problem.target[:, 0]
    bands = tuple(limit(problem, m, 0.9 * mean[m], 1.1 * mean[m]) for m in range(2))
    return changed(problem, limits=bands)


def _stripes(problem: Problem) -> Plan:
    return Plan((np.arange(problem.n_units) * problem.n_reps // problem.n_units).astype(np.int32))


def _standing(problem: Problem, plan: Plan) -> tuple[int, float, float]:
    broken, misses, value = standing(problem, search_state(problem, plan, 0))
    return broken, round(misses, 9), round(value, 5)


def test_a_surplus_passes_through_a_chain_of_neighbours() -> None:
    """The one territory outside its band borders none that could take from it; those between must hand on."""
    problem = grid_problem("AoooBoooCoooDoooEooo")
    problem = changed(problem, limits=(limit(problem, 0, 4, 4),))
    plan = Plan(np.repeat(np.arange(5), (5, 4, 4, 4, 3)).astype(np.int32))
    search = LocalSearch(problem, plan, _prices(problem), MOVES * 10, 1)
    prices = search.price.copy()
    settle_misses(search, 1, 1.0)
    assert judge(problem, Plan(search.best_owner.astype(np.int32))).broken == ()
    assert (search.price == prices).all() and search.charge == 0.0


def test_a_surplus_that_nobody_can_take_is_spread_among_all() -> None:
    """At one price for all of it a surplus stays where it is; it must spread to come to whoever can take it."""
    problem = grid_problem("AoooooooBoooCoooDoooEooo")
    problem = changed(problem, limits=(limit(problem, 0, 0, 4),), weights=Weights(travel=0.0))
    search = LocalSearch(
        problem, Plan(np.repeat(np.arange(5), (8, 4, 4, 4, 4)).astype(np.int32)), _prices(problem), 1, 1
    )
    worst = []
    for curve in (0.0, SPREAD.curve):
        search.price_misses(0.0, curve)
        search.step(MOVES, 0.0)
        worst.append(missed(search.state)[1].max())
    assert worst == [4.0, 2.0]
