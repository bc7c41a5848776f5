"""What each limit must be loosened by itself, against every plan of a small map."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from optimizer.allowance import Allowance, Step
from optimizer.explain.kinds import Kind, kinds_of, without
from optimizer.explain.loosened import loosened
from optimizer.explain.relaxations import NEAREST, without_worse
from optimizer.explain.room import ROOMS
from optimizer.explain.seek import Sought
from optimizer.explain.tightening import Tightening, Way
from optimizer.explain.ways import FIRST, Ways
from optimizer.judge.judge import judge
from optimizer.local_search.run import never
from optimizer.plan import Plan
from optimizer.problem import Budget, LoadLimit, Problem
from optimizer.result import AttemptEnd, Reason
from optimizer.score import Score
from tests.optimizer.tiny import changed, grid_problem, ints, limit

PLANS = [Plan(np.array(owner, dtype=np.int32)) for owner in product((0, 1), repeat=8)]


def drawn(rule: str, seed: int) -> Problem:
    """Draw a map of eight units with bands, and hours, a distance, a budget or locks that are too tight."""
    rng = np.random.default_rng(seed)
    problem = grid_problem("Aooo/oooB", load=rng.integers(1, 9, (2, 8)), current=ints(0, 0, 0, 0, 0, 0, 0, 1))
    bands = tuple(limit(problem, m, 0.85 * problem.target[m, 0], 1.15 * problem.target[m, 0]) for m in range(2))
    hours = LoadLimit("hours", 0, np.zeros(2, np.int64), (np.array([0.7, 1.2]) * problem.target[0]).astype(np.int64))
    given = {
        "hours": {"limits": (*bands, hours)},
        "max_distance": {"limits": bands[:1], "max_distance_km": 14.0},
        "disruption": {"limits": bands[:1], "budgets": (Budget("units", np.ones(8, np.int64), 1),)},
        "lock": {"limits": bands[:1], "locked": ints(1, 1, 1, -1, -1, 1, 1, -1)},
    }
    return changed(problem, **given[rule])


def worst(score: Score) -> float:
    """Return the largest miss of any broken rule."""
    return max(abs(item.amount - item.limit) for item in score.broken)


@pytest.mark.parametrize("rule", ["hours", "max_distance", "disruption", "lock"])
def test_each_limit_alone_is_loosened_by_what_it_takes(rule: str) -> None:
    """Loosened as told some plan keeps every rule; no kind that would do is left out; no plan does with much less."""
    problem = drawn(rule, seed=1)
    scores = [judge(problem, plan) for plan in PLANS]
    assert all(score.broken for score in scores)
    nearest = min(range(len(PLANS)), key=lambda place: (len(scores[place].broken), worst(scores[place])))
    reasons, attempts = Ways(problem, PLANS[nearest], scores[nearest], 1.0, 0, lambda _: Step(never)).advice()
    alone = {Kind(one.rule, one.measure): one for one in reasons}
    by_kind: dict[Kind, list[Score]] = {}
    for score in scores:
        broken = {Kind(item.rule, item.measure) for item in score.broken}
        if len(broken) == 1:
            by_kind.setdefault(broken.pop(), []).append(score)
    assert by_kind and set(alone) == set(by_kind) <= set(kinds_of(problem))
    assert {Kind(one.rule, one.measure) for one in attempts if one.end is AttemptEnd.ENOUGH} == set(by_kind)
    assert {one.end for one in attempts} <= {AttemptEnd.ENOUGH, AttemptEnd.IMPOSSIBLE, AttemptEnd.NOT_FOUND}
    for way in range(FIRST, reasons[-1].way + 1):
        eased = loosened(problem, [one for one in reasons if one.way == way])
        assert any(not judge(eased, plan).broken for plan in PLANS)
    for kind, told in alone.items():
        if kind.is_measured:
            scale = float(problem.target[0, 0]) if kind.rule == "band" else 1.0
            least = min(map(worst, by_kind[kind]))
            assert (told.amount - told.limit) * scale <= least * (1 + ROOMS[0]) * 1.1 + 1.0


def test_no_lock_is_given_up_that_could_be_kept() -> None:
    """Though every search gives up as many locks as it may, in the end none of those told could be put back."""
    problem = changed(drawn("lock", seed=0), locked=ints(1, 1, 1, 1, 1, 1, 1, -1))
    problem = changed(problem, limits=(limit(problem, 0, 0.7 * problem.target[0, 0], 1.3 * problem.target[0, 0]),))

    def broken_locks(plan: Plan) -> int:
        return int((plan.owner[:7] != 1).sum())

    def search(asked: Problem, _: Plan) -> Sought:
        return Sought(max((plan for plan in PLANS if not judge(asked, plan).broken), key=broken_locks, default=None))

    worst_plan = search(without(problem, Kind("lock")), PLANS[0]).plan
    assert worst_plan is not None
    way = Tightening(problem, search, never).tightened(Way((Kind("lock"),), worst_plan))
    (told,) = way.relaxations(problem)
    assert 0 < len(told.units) < broken_locks(worst_plan)
    for unit in told.units:
        kept = loosened(problem, [replace(told, units=tuple({*told.units} - {unit}))])
        assert search(kept, worst_plan).plan is None


def test_what_there_was_no_time_for_is_told() -> None:
    """Where time ended before, no limit is said to have been tried in vain."""
    problem = drawn("hours", seed=1)
    advice = Ways(problem, PLANS[1], judge(problem, PLANS[1]), 1.0, 0, lambda _: Step(lambda: True)).advice()
    assert not advice.reasons and {one.end for one in advice.attempts} == {AttemptEnd.UNSEARCHED}
    assert {Kind(one.rule, one.measure) for one in advice.attempts} >= set(kinds_of(problem))


def test_the_search_for_ways_ends_with_its_allowance() -> None:
    """However many limits there are, work stays within what an effort grants, but for the end of the last search."""
    problem = drawn("disruption", seed=0)

    def spent(moves: float) -> float:
        allowance = Allowance(moves)
        score = judge(problem, PLANS[1])
        Ways(problem, PLANS[1], score, 1.0, 0, lambda share: allowance.step(share, never)).advice()
        return allowance.spent

    assert spent(2e5) < 3e5
    assert 3e5 < spent(1e6) < 1.3e6
    assert spent(np.inf) > 2e6


def test_the_nearest_plan_is_no_way_out_where_one_of_its_limits_is_enough() -> None:
    """Two tolerances, one of 239 %, must not be told where one of them by itself is enough; else they are the news."""
    both = [_tolerance(0.47, 0.10, "workload", NEAREST), _tolerance(2.39, 0.20, "potential", NEAREST)]
    link = Reason("relaxation", "contiguity", (1,), (), "", 0.0, 1.0, False, "", NEAREST)
    lock = Reason("relaxation", "lock", (1,), (0,), "", 1.0, 0.0, False, "", NEAREST)
    for alone, kept in ((0.47, False), (0.48, True)):
        single = _tolerance(alone, 0.10, "workload", FIRST)
        assert (both[0] in without_worse((*both, link, single))) is kept
        assert {link, single} <= set(without_worse((*both, link, single)))
    unlocked = replace(lock, way=FIRST)
    assert without_worse((*both, lock, unlocked)) == (*both, lock, unlocked)


def _tolerance(amount: float, limit: float, measure: str, way: int) -> Reason:
    return Reason("relaxation", "band", (), (), measure, amount, limit, False, "", way)
