"""A CRM export rolled up to units: every account in the right unit, every sum right, nothing lost in silence."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geodata.findings import Level
from scenarios.case import Case
from scenarios.prepare.prepare import prepare
from scenarios.source import read
from tests.scenarios.tiny_study import case_of, found, squares, the

SAMPLES = Path(__file__).parents[2] / "scenarios" / "samples"
ACCOUNTS = """Id,Name,Owner,Key,Hours,Revenue,Market,Lat,Lon
a1,One,R1,A,10,100.10,smb,49.95,10.05
a2,Two,R2,A,5,200.20,big,49.95,10.06
a3,Three,R2,B,20,50,smb,50.05,10.15
a4,Four,,B,1,0,smb,50.05,10.16
"""
SECTION = {"file": "accounts.csv", "id": "Id", "name": "Name", "owner": "Owner", "geography": "Key"}
POINT = {"lat": "Lat", "lon": "Lon"}
MEASURES = {"workload": {"column": "Hours"}, "potential": {"column": "Revenue"}, "accounts": {}}
MAP = {"file": "map.geojson", "id": "id"}


def changes(section: Mapping[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
    """Return the tiny scenario on a map of squares with accounts."""
    accounts = {name: value for name, value in {**SECTION, **(section or {})}.items() if value is not None}
    return {"units": MAP, "accounts": accounts, "measures": MEASURES, **parts}


def files(accounts: str = ACCOUNTS, drawing: str = "ABC") -> dict[str, str]:
    """Return the files of such a scenario; the squares have no measures of their own."""
    drawn = squares(drawing).replace(', "hours": 10, "revenue": 10', "")
    return {"accounts.csv": accounts, "map.geojson": drawn}


def amounts(case: Case) -> dict[str, list[float]]:
    """Return the measures of each unit by its id."""
    return dict(zip(case.units["unit"], case.amounts.T.tolist(), strict=True))


@pytest.mark.parametrize("geography", ["Key", POINT])
def test_accounts_add_up_to_their_units(tmp_path: Path, geography: Any) -> None:
    """By key or by place, a unit has the sums of its accounts; one without accounts stays, with zeros."""
    moved = ACCOUNTS.replace("49.95", "50.05") if geography == POINT else ACCOUNTS
    shifted = moved.replace("50.05", "50.05")
    case = case_of(tmp_path, changes({"geography": geography}), files(shifted))
    assert amounts(case) == {"A": [15.0, 300.3, 2.0], "B": [21.0, 50.0, 2.0], "C": [0.0, 0.0, 0.0]}
    assert case.units["accounts"].tolist() == [2, 2, 0]
    assert case.accounts is not None
    assert case.accounts[["account", "unit", "owner"]].to_numpy().tolist() == [
        ["a1", "A", "R1"], ["a2", "A", "R2"], ["a3", "B", "R2"], ["a4", "B", ""]
    ]  # fmt: skip
