"""accounts.csv: every account with the rep of its unit, and the same sums as plan.csv."""

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from optimizer.plan import Plan
from scenarios.accounts.allocation import allocate
from scenarios.case import Case
from scenarios.export.files import ACCOUNTS, PLAN, plan_files
from scenarios.report.answer import given_answer
from scenarios.report.build import build_report
from scenarios.report.provenance import Run
from tests.scenarios.accounts_study import ACCOUNTS as EXPORT
from tests.scenarios.accounts_study import changes, files
from tests.scenarios.grid import STARTED
from tests.scenarios.tiny_study import case_of


def written(case: Case, owner: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return accounts.csv and plan.csv of a plan as text."""
    answer = given_answer(case, Plan(np.array(owner, dtype=np.int32)))
    made = plan_files(answer, build_report(answer, Run("score", STARTED, 0.0, "", "", None)))
    tables = [list(csv.DictReader(io.StringIO(made[name].decode("utf-8-sig")))) for name in (ACCOUNTS, PLAN)]
    return pd.DataFrame(tables[0]), pd.DataFrame(tables[1])


def test_accounts_follow_their_unit(tmp_path: Path) -> None:
    """Ids keep their zeros, named accounts follow their own unit, and what changes hands is told for each account."""
    text = EXPORT.replace("a1,One", "007,One").replace("a3,Three", "a3,=1+1").replace("200.20,big,", "200.20,big,x")
    case = case_of(tmp_path, changes({"named": "Star"}), files(text))
    accounts, plan = written(case, [1, 1, 0, 0])
    assert plan["unit"].tolist() == ["A", "B", "C", "a2"]
    assert accounts.to_numpy().tolist() == [
        ["007", "One", "A", "R2", "R2", "R1", "moved", "100.1"],
        ["a2", "Two", "a2", "R1", "R1", "R2", "moved", "200.2"],
        ["a3", "'=1+1", "B", "R2", "R2", "R2", "kept", "50"],
        ["a4", "Four", "B", "R2", "R2", "", "new", "0"],
    ]


def test_sums_agree_with_the_plan(tmp_path: Path) -> None:
    """Adding up the accounts of each rep gives what plan.csv says of the rep's units."""
    case = case_of(tmp_path, changes({"segment": "Market"}), files())
    accounts, plan = written(case, [0, 1, 1, 0])
    amounts = (
        pd.DataFrame(list(csv.DictReader(io.StringIO(EXPORT)))).set_index("Id")[["Hours", "Revenue"]].astype(float)
    )
    by_rep = amounts.groupby(accounts.set_index("account")["rep"]).sum()
    measures = ["workload", "potential", "accounts"]
    planned = plan[measures].astype(float).groupby(plan["rep"]).sum()
    assert np.allclose(by_rep, planned[measures[:2]])
    assert planned["accounts"].tolist() == accounts["rep"].value_counts(sort=False).sort_index().tolist() == [1, 3]


def test_accounts_of_a_split_unit_stay_whole(tmp_path: Path) -> None:
    """Each account of a unit that two reps share goes to one of them, first to its owner."""
    text = "Id,Name,Owner,Key,Hours,Revenue\n" + "".join(f"c{i},n,R{1 + i % 2},A,10,10\n" for i in range(8))
    text += "z1,n,R9,A,10,10\nz2,n,,A,10,10\nb1,n,R1,B,1,1\n"
    case = case_of(tmp_path, changes(limits={"oversize": "split"}), files(text))
    owner = (np.arange(case.problem.n_units) % 2).tolist()
    accounts, plan = written(case, owner)
    shares = plan[plan["unit"] == "A"].set_index("rep")["share"].astype(float)
    inside = accounts[accounts["unit"] == "A"]
    assert shares.tolist() == [0.5, 0.5]
    assert inside["rep"].value_counts().to_dict() == {"R1": 5, "R2": 5}
    assert (inside["change"] == "kept").sum() == 8


@pytest.mark.parametrize(
    ("owner", "potential", "shares", "expected"),
    [
        ([0, 0, 1, 1], [4, 3, 2, 1], {0: 0.7, 1: 0.3}, [0, 0, 1, 1]),
        ([0, 0, 0, 0], [4, 3, 2, 1], {0: 0.4, 1: 0.6}, [0, 1, 1, 1]),
        ([-1, -1, -1, -1], [4, 3, 2, 1], {0: 0.5, 1: 0.5}, [0, 1, 1, 0]),
        ([2, 2, 2, 2], [0, 0, 0, 0], {0: 0.5, 1: 0.5}, [0, 1, 0, 1]),
        ([0, 1, 0, 1], [4, 3, 2, 1], {3: 1.0}, [3, 3, 3, 3]),
    ],
)
def test_owners_come_first_then_shares_are_filled(
    owner: list[int], potential: list[int], shares: dict[int, float], expected: list[int]
) -> None:
    """An owner keeps what fits the share, the rest goes where most is left; the same input gives the same answer."""
    assert allocate(["a", "b", "c", "d"], owner, np.array(potential, dtype=np.float64), shares) == expected


def test_no_potential_is_lost_or_counted_twice() -> None:
    """However shares fall, each seat gets its share of the potential to within one account."""
    rng = np.random.default_rng(5)
    for _ in range(50):
        n = int(rng.integers(5, 60))
        potential, cut = rng.integers(1, 100, n).astype(np.float64), float(rng.uniform(0.1, 0.9))
        seats = allocate([f"{i}" for i in range(n)], rng.integers(-1, 3, n).tolist(), potential, {0: cut, 1: 1 - cut})
        assert abs(potential[np.array(seats) == 0].sum() - cut * potential.sum()) <= potential.max()
