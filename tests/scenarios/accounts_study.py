"""Tiny accounts on a map of squares: A, B and C in a row, each 0.1 degrees wide from 10 degrees east, 50 north."""

from collections.abc import Mapping
from typing import Any

from scenarios.case import Case
from tests.scenarios.tiny_study import squares

ACCOUNTS = """Id,Name,Owner,Parent,Key,Hours,Revenue,Market,Star,Lat,Lon
a1,One,R1,,A,10,100.10,smb,,50.05,10.05
a2,Two,R2,,A,5,200.20,big,,50.05,10.06
a3,Three,R2,a1,B,20,50,smb,,50.05,10.15
a4,Four,,,B,1,0,smb,,50.05,10.16
"""
SECTION = {"file": "accounts.csv", "id": "Id", "name": "Name", "owner": "Owner", "geography": "Key"}
POINT = {"lat": "Lat", "lon": "Lon"}
MEASURES = {"workload": {"column": "Hours"}, "potential": {"column": "Revenue"}, "accounts": {}}
MAP = {"file": "map.geojson", "id": "id"}


def changes(section: Mapping[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
    """Return what the tiny scenario becomes with accounts; None leaves a field out."""
    accounts = {name: value for name, value in {**SECTION, **(section or {})}.items() if value is not None}
    return {"units": MAP, "accounts": accounts, "measures": MEASURES, **parts}


def files(accounts: str = ACCOUNTS, drawing: str = "ABC") -> dict[str, str]:
    """Return the files of such a scenario; the squares have no measures of their own."""
    drawn = squares(drawing).replace(', "hours": 10, "revenue": 10', "")
    return {"accounts.csv": accounts, "map.geojson": drawn}


def edited(old: str, new: str) -> dict[str, str]:
    """Return the files with one text of the accounts replaced."""
    assert ACCOUNTS.count(old) == 1, f"{old!r} stands {ACCOUNTS.count(old)} times"
    return files(ACCOUNTS.replace(old, new))


def amounts(case: Case) -> dict[str, list[float]]:
    """Return the measures of each unit by its id."""
    return dict(zip(case.units["unit"], case.amounts.T.tolist(), strict=True))


def unit_of(case: Case) -> dict[str, str]:
    """Return the unit of each account by its id."""
    assert case.accounts is not None
    return dict(zip(case.accounts["account"], case.accounts["unit"], strict=True))
