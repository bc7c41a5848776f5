"""Quotas follow from plan and scenario by plain arithmetic, and what cannot hold is said with amounts."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from geodata.findings import Finding
from optimizer.plan import Plan
from scenarios.export.files import plan_files
from scenarios.export.folder import write_files
from scenarios.export.geojson import plan_geojson
from scenarios.export.view import map_view
from scenarios.quotas.model import QuotaFigure
from scenarios.quotas.quotas import quotas_of
from scenarios.report.answer import given_answer
from scenarios.report.build import build_report
from scenarios.report.provenance import Run
from tests.scenarios.grid import STARTED
from tests.scenarios.tiny_study import case_of, found, the

UNITS = """id,lat,lon,hours,revenue,sold
A,50.0,10.0,10,100,80
B,50.0,10.1,20,200,0
C,50.0,10.2,30,300,500
D,50.0,10.3,40,400,120
E,50.0,10.4,50,700,0
"""
REPS = """id,capacity,status,manager,region,start,end
R1,1,active,Mia,North,,
R2,0.5,active,Mia,North,2027-04-01,
R3,1,vacant,Noa,North,,
R4,1,planned,Noa,South,2027-10-01,
R5,1,active,Pia,South,,2027-06-30
"""
OWNERS = [0, 1, 2, 3, 4]
UNITS_PART = {"file": "units.csv", "id": "id"}


def spread(
    folder: Path, quota: Mapping[str, Any], owners: list[int] | None = None, **changes: Any
) -> tuple[QuotaFigure, tuple[Finding, ...]]:
    """Return the quotas of a hand-made plan: one unit for each rep unless told otherwise."""
    document = {"units": UNITS_PART, "plan": {"year": 2027}, "quota": {"potential": dict(quota)}} | changes
    case = case_of(folder, document, {"units.csv": UNITS, "reps.csv": REPS})
    answer = given_answer(case, Plan(np.array(owners or OWNERS, dtype=np.int32)))
    figures, findings = quotas_of(answer)
    assert figures is not None
    return figures[0], findings


def test_shares_weigh_potential_history_and_capacity(tmp_path: Path) -> None:
    """Each territory's share is the weighted mean of its shares of what the target is spread by."""
    quota = {"target": 1000000, "history": "sold", "spread": {"potential": 2, "history": 1, "capacity": 1}}
    figure, findings = spread(tmp_path, quota)
    by = np.array([[100, 200, 300, 400, 700], [80, 0, 500, 120, 0], [1, 0.5, 1, 1, 1]])
    wanted = np.array([2, 1, 1]) @ (by / by.sum(axis=1, keepdims=True)) / 4
    assert [seat.share for seat in figure.territories] == pytest.approx(wanted)
    assert [seat.quota for seat in figure.territories] == pytest.approx(1000000 * wanted, abs=1)
    assert sum(seat.quota for seat in figure.territories) == 1000000
    assert not findings


def test_sums_hold_both_ways_at_every_node(tmp_path: Path) -> None:
    """Top-down plus over-assignment is bottom-up, level by level, and each level has its exact total."""
    over = {"region": 0.02, "manager": 0.03, "territory": 0.05}
    figure, _ = spread(tmp_path, {"target": 70000, "step": 100, "over_assignment": over})
    company, *nodes = figure.levels
    regions = [node for node in nodes if node.level == "region"]
    managers = [node for node in nodes if node.level == "manager"]
    assert (company.quota, company.below) == (70000, 71400)
    assert sum(node.quota for node in regions) == 71400
    assert sum(node.quota for node in managers) == sum(node.below for node in regions) == 73600
    assert sum(seat.quota for seat in figure.territories) == sum(node.below for node in managers) == 77300
    assert all(node.quota + node.over_assignment == node.below for node in figure.levels)
    for node in managers:
        own = [seat for seat in figure.territories if (seat.region, seat.manager) == (node.region, node.manager)]
        assert node.below == node.seat_quota == sum(seat.quota for seat in own)
    names = [(node.region, node.manager) for node in managers]
    assert names == [("North", "Mia"), ("North", "Noa"), ("South", "Noa"), ("South", "Pia")]


def test_incumbents_carry_their_time_and_the_rest_rolls_up(tmp_path: Path) -> None:
    """Late starts, ramps, ends and vacant seats leave a part open, which adds up at the manager and the company."""
    figure, _ = spread(tmp_path, {"target": 1700, "step": 1, "ramp_months": 6})
    shares = [seat.incumbent_share for seat in figure.territories]
    assert shares == pytest.approx([1, (275 - 183 / 2) / 365, 0, 92**2 / (2 * 183) / 365, 181 / 365])
    for seat in figure.territories:
        assert seat.incumbent_quota == int(seat.quota * seat.incumbent_share + 0.5)
        assert seat.incumbent_quota + seat.open_quota == seat.quota
    company = figure.levels[0]
    assert company.open_quota == sum(seat.open_quota for seat in figure.territories) > 300
    assert company.open_quota == sum(node.open_quota for node in figure.levels if node.level == "manager")


def test_floors_and_caps_bind_where_they_say(tmp_path: Path) -> None:
    """Bounds in money and relative to history hold, others share what is left, and new ground has no relative bound."""
    limits = {"floor": {"amount": 200}, "cap": {"of_history": 1.1}}
    figure, findings = spread(tmp_path, {"target": 2000, "history": "sold", **limits}, owners=[0, 1, 2, 2, 4])
    assert not figure.possible and the(findings, "floor-above-cap").value == "R1"
    limits = {"floor": {"amount": 200}, "cap": {"of_history": 2.5}}
    figure, findings = spread(tmp_path, {"target": 2000, "history": "sold", **limits})
    assert "B" not in the(findings, "quota-without-history").message
    quotas = {seat.territory: seat.quota for seat in figure.territories}
    assert quotas["R1"] == 200 and quotas["R4"] == 300 and sum(quotas.values()) == 2000
    assert [seat.held for seat in figure.territories] == ["floor", None, None, "cap", None]
    free = [quotas["R2"] / 200, quotas["R3"] / 300, quotas["R5"] / 700]
    assert free == pytest.approx([1500 / 1200] * 3, abs=0.01)


@pytest.mark.parametrize(
    ("limits", "code", "told"),
    [
        ({"floor": {"amount": 500}}, "floors-above-target", "500"),
        ({"cap": {"amount": 350}}, "caps-below-target", "250"),
        ({"floor": {"of_history": 3.0}}, "floors-above-target", "100"),
        ({"floor": {"amount": 1}, "cap": {"amount": 9}, "step": 10}, "floor-above-cap", "multiple of 10"),
    ],
)
def test_the_impossible_is_a_finding_with_amounts(tmp_path: Path, limits: dict[str, Any], code: str, told: str) -> None:
    """Nothing is spread where floors, caps and target contradict, and the warning says by how much and what helps."""
    figure, findings = spread(tmp_path, {"target": 2000, "history": "sold", **limits})
    assert not figure.possible and figure.territories == [] and figure.levels == []
    warning = the(findings, code)
    assert told in warning.message and warning.hint.startswith("Maybe")


@pytest.mark.parametrize(
    ("quota", "code"),
    [
        ({"revenue": {"target": 100}}, "unknown-measure"),
        ({"potential": {"target": 100, "spread": {"potentail": 1}}}, "unknown-measure"),
        ({"potential": {"target": 100, "step": 30}}, "quota-step"),
        ({"potential": {"target": 100, "spread": {"history": 1}}}, "missing-field"),
        ({"potential": {"target": 100, "floor": {"amount": 9}, "cap": {"amount": 8}}}, "floor-above-cap"),
        ({"potential": {"target": 100, "history": "slod"}}, "unknown-column"),
        ({"potential": {"target": 100, "floor": {"amount": 60}}}, "floors-above-target"),
        ({"potential": {"target": 100, "cap": {"amount": 40}}}, "caps-below-target"),
        ({"potential": {"target": 100}}, "quota-without-period"),
    ],
)
def test_mistakes_are_found_before_solving(tmp_path: Path, quota: dict[str, Any], code: str) -> None:
    """What is wrong with a quota whatever the plan is found by `check`, with a remedy."""
    assert the(found(tmp_path, {"quota": quota}), code).hint.startswith("Maybe")


def test_history_of_accounts_is_rolled_up(tmp_path: Path) -> None:
    """Past sales may stand in the accounts: each unit's are summed."""
    accounts = "id,unit,sold\n1,A,5\n2,A,7\n3,C,1\n"
    changes = {
        "units": UNITS_PART,
        "accounts": {"file": "accounts.csv", "id": "id", "geography": "unit"},
        "quota": {"potential": {"target": 100, "history": "sold"}},
        "plan": {"year": 2027},
    }
    units = "\n".join(",".join(line.split(",")[:5]) for line in UNITS.splitlines())
    case = case_of(tmp_path, changes, {"units.csv": units, "accounts.csv": accounts})
    assert case.histories["potential"].tolist() == [12, 0, 1, 0, 0]


def test_fairness_is_plain_statistics(tmp_path: Path) -> None:
    """Indices, growth and correlations are what numpy says of the quotas in the table."""
    quota = {"target": 200000, "history": "sold", "spread": {"history": 1, "capacity": 1}}
    figure, _ = spread(tmp_path, quota)
    assert figure.fairness is not None
    amounts = np.array([seat.quota for seat in figure.territories])
    load, sold = np.array([100, 200, 300, 400, 700]), np.array([80, 500, 120])
    index = 100 * amounts / amounts.sum() / (load / load.sum())
    growth = 100 * (amounts[[0, 2, 3]] / sold - 1)
    assert [seat.index for seat in figure.territories] == pytest.approx(index)
    fair = figure.fairness
    assert (fair.index_min, fair.index_max) == pytest.approx((index.min(), index.max()))
    assert fair.index_spread == pytest.approx(index.std() / index.mean())
    assert fair.size_correlation == pytest.approx(np.corrcoef(index, load)[0, 1])
    assert (fair.growth_min, fair.growth_max) == pytest.approx((growth.min(), growth.max()))
    assert fair.growth_correlation == pytest.approx(np.corrcoef(growth, load[[0, 2, 3]] / sold)[0, 1])


def test_quotas_stand_in_every_file(tmp_path: Path) -> None:
    """quotas.csv, territories.csv, the workbook, the map and plan.geojson show the figures of report.json."""
    document = {"units": UNITS_PART, "plan": {"year": 2027, "currency": "USD"}}
    document["quota"] = {"potential": {"target": 70000, "over_assignment": {"territory": 0.1}}}
    case = case_of(tmp_path, document, {"units.csv": UNITS, "reps.csv": REPS})
    answer = given_answer(case, Plan(np.array(OWNERS)))
    report = build_report(answer, Run("score", STARTED, 0.0, "scenario.json", "", None))
    write_files(tmp_path, plan_files(answer, report))
    assert report.quotas is not None
    wanted = {seat.territory: seat.quota for seat in report.quotas[0].territories}
    assert sum(wanted.values()) == 77000
    rows = list(csv.DictReader((tmp_path / "quotas.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["territory"]: float(row["quota"]) for row in rows if row["level"] == "territory"} == wanted
    assert [row["level"] for row in rows][:5] == ["company", "region", "manager", "territory", "territory"]
    territories = csv.DictReader((tmp_path / "territories.csv").read_text(encoding="utf-8-sig").splitlines())
    assert {row["territory"]: float(row["potential_quota"]) for row in territories} == wanted
    assert json.loads((tmp_path / "plan.geojson").read_text())["quotas"]["potential"] == wanted
    assert map_view(plan_geojson(answer), report).proposed.facts["Quota, USD"][0] == f"{wanted['R1']:,.12g}"
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    column = [cell.value for cell in book["Territories"][1]].index("potential quota")
    assert [row[column].value for row in book["Territories"].iter_rows(min_row=2)] == list(wanted.values())
    assert book["Quotas"].max_row == 1 + len(rows)


def test_without_quotas_nothing_changes(tmp_path: Path) -> None:
    """A scenario that asks for no quotas has none in its files."""
    answer = given_answer(case_of(tmp_path), Plan(np.array([0, 0, 1, 1])))
    report = build_report(answer, Run("score", STARTED, 0.0, "scenario.json", "", None))
    assert report.quotas is None and "quotas.csv" not in plan_files(answer, report)
    assert "quotas" not in plan_geojson(answer)
