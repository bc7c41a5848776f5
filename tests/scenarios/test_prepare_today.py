"""Today's plan and the budgets of moves."""

from pathlib import Path

import pytest

from geodata.findings import Level
from optimizer.problem import GONE, NOBODY
from tests.scenarios.tiny_study import UNITS, case_of, found, the


def test_owners_become_seats(tmp_path: Path) -> None:
    """No owner, a leaver and a stranger are three different things."""
    rows = UNITS.replace("x,R1,1", "x,,1").replace("x,R1,2", "x,R3,2").replace("y,R2,3", "y,ZZ,3")
    reps = "id,lat,lon,status\nR1,50,10,\nR2,50,10.3,\nR3,,,leaving\n"
    case = case_of(tmp_path, None, {"units.csv": rows, "reps.csv": reps})
    assert case.problem.current.tolist() == [NOBODY, GONE, GONE, 1]
    finding = the(case.findings, "unknown-owner")
    assert (finding.level, finding.row, finding.value) == (Level.WARNING, 3, "ZZ")
    assert "ZZ (1)" in finding.message


def test_budgets_are_shares_of_what_has_an_owner(tmp_path: Path) -> None:
    """Units without an owner can't be disrupted; unavoidable moves belong to the base."""
    rows = UNITS.replace("x,R1,1", "x,,1").replace("x,R1,2", "x,ZZ,2")
    units = {"file": "units.csv", "id": "id", "current": "owner", "tenure": "years"}
    limits = {"disruption": {"units": 0.5, "potential": 0.5, "tenure": 0.5, "sales": 0.5, "accounts": 1}}
    rows = rows.replace("revenue,", "revenue,sales,accounts,").replace("00,", "00,1.5,2,")
    case = case_of(tmp_path, {"units": units, "limits": limits}, {"units.csv": rows})
    budgets = {budget.name: (budget.weight.tolist(), budget.limit) for budget in case.problem.budgets}
    assert budgets == {
        "units": ([1, 1, 1, 1], 1),
        "potential": ([100, 200, 300, 400], 450),
        "accounts": ([2, 2, 2, 2], 6),
        "sales": ([15, 15, 15, 15], 22),
        "tenure": ([1, 2, 3, 4], 4),
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"units": {"file": "units.csv", "id": "id"}}, "budget-without-today"),
        ({"reps": {"count": 2}}, "budget-without-reps"),
    ],
)
def test_a_budget_needs_todays_plan(tmp_path: Path, changes: dict[str, object], code: str) -> None:
    """A limit that can't mean anything is an error, not a limit that always holds."""
    finding = the(found(tmp_path, {"limits": {"disruption": {"units": 0.2}}, **changes}), code)
    assert (finding.level, finding.field) == (Level.ERROR, "limits.disruption.units")


def test_a_budget_of_tenure_needs_tenure(tmp_path: Path) -> None:
    """Years nobody gave can't be limited."""
    findings = found(tmp_path, {"limits": {"disruption": {"tenure": 0.2}}})
    assert the(findings, "budget-without-tenure").level is Level.ERROR


def test_a_budget_of_sales_needs_a_column(tmp_path: Path) -> None:
    """Sales are a measure or a column of that name."""
    finding = the(found(tmp_path, {"limits": {"disruption": {"sales": 0.2}}}), "unknown-column")
    assert finding.field == "limits.disruption.sales"


def test_goals_have_the_contracts_defaults(tmp_path: Path) -> None:
    """Disruption counts where there is a today, fit where there are skills; unnamed goals weigh nothing."""
    weights = case_of(tmp_path).problem.weights
    assert (weights.travel, weights.fit, weights.balance, weights.disruption) == (1, 0, 1, 1)
    weights = case_of(tmp_path, {"units": {"file": "units.csv", "id": "id"}}).problem.weights
    assert (weights.travel, weights.fit, weights.balance, weights.disruption) == (1, 0, 1, 0)
    weights = case_of(tmp_path, {"goals": {"balance": 2}}).problem.weights
    assert (weights.travel, weights.fit, weights.balance, weights.disruption) == (0, 0, 2, 0)
