"""Contribution and headcount from the command line."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.api.test_cli import answer
from tests.scenarios.test_sizing import written


def test_a_solve_that_maximises_contribution_reports_and_verifies_it(tmp_path: Path) -> None:
    """report.json, plan.xlsx and verify tell the same contribution, and what no plan exceeds."""
    scenario = written(tmp_path)
    document = json.loads(scenario.read_text())
    document["economics"]["objective"] = "contribution"
    scenario.write_text(json.dumps(document))
    out = tmp_path / "out"
    code, data = answer("solve", scenario, "--out", out, "--effort", "0.05", "--no-map")
    assert code == 0
    report = json.loads((out / "report.json").read_text())
    money = report["contribution"]
    assert money["bound"] >= money["plan"]["total"] >= money["today"]["total"] - 1e-9
    assert sum(row["total"] for row in money["territories"]) == pytest.approx(money["plan"]["total"])
    assert report["goals"][-1]["name"] == "contribution"
    book = openpyxl.load_workbook(out / "plan.xlsx")
    summary = {row[0].value: row[2].value for row in book["Summary"].iter_rows()}
    assert summary["contribution in the first year (money)"] == pytest.approx(money["plan"]["total"])
    assert answer("verify", out)[0] == 0
    assert data["report"]["contribution"] == money


def test_size_writes_table_json_and_pictures(tmp_path: Path) -> None:
    """One command gives the curve as numbers and as pictures; a range that is none is told."""
    out = tmp_path / "sizes"
    code, data = answer("size", written(tmp_path), "--reps", "2..3", "--out", out, "--effort", "0.02")
    assert code == 0
    assert [point["reps"] for point in data["size"]["points"]] == [2, 3]
    rows = list(csv.DictReader((out / "size.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["reps"] for row in rows] == ["2", "3"]
    assert (out / "size.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (out / "size.svg").read_bytes()
    assert json.loads((out / "size.json").read_text()) == data["size"]
    assert answer("size", written(tmp_path), "--reps", "3..2", "--out", out)[0] == 2
