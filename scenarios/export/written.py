"""A plan as its files tell it: all that further forms are made of."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.draw.view import MapView
from scenarios.export.files import ACCOUNTS, GEOJSON
from scenarios.export.stored import damaged, stored_document, stored_report, stored_rows, stored_view
from scenarios.export.tables import ACCOUNT_COLUMNS
from scenarios.formula_guard import unguarded
from scenarios.report.model import RepFigure, Report, TerritoryFigure

TEXTS = ("unit", "name", "geography", "segment", "territory", "rep", "current_rep", "current_territory", "change")
"""Columns of the units that are text."""


@dataclass(frozen=True, eq=False)
class WrittenPlan:
    """A folder that solve or score wrote.

    Attributes
    ----------
    folder : Path
    report : Report
    document : mapping
        plan.geojson.
    units : DataFrame
        One row a line of plan.csv with the properties of plan.geojson; `geography` is the unit's id where the file
        does not say.
    accounts : DataFrame or None
        accounts.csv, all text but `weight` (NaN where unknown); None where no accounts were given.
    """

    folder: Path
    report: Report
    document: Mapping[str, Any]
    units: pd.DataFrame
    accounts: pd.DataFrame | None

    @cached_property
    def view(self) -> MapView:
        """What drawings show."""
        return stored_view(self.folder)

    @cached_property
    def reps(self) -> dict[str, RepFigure]:
        """Everybody in the list of reps, by id."""
        return {rep.id: rep for rep in self.report.reps}

    @cached_property
    def territories(self) -> dict[str, TerritoryFigure]:
        """The plan's territories by code."""
        return {row.territory: row for row in self.report.territories}

    @cached_property
    def key(self) -> str:
        """What tells this plan from others: made of the scenario and of who has what."""
        return self._key(["unit", "territory", "rep", "share"])

    @cached_property
    def today_key(self) -> str:
        """The same of today's plan."""
        return self._key(["unit", "current_territory", "current_rep"])

    @property
    def measures(self) -> list[str]:
        """Names of the measures, in order."""
        return list(self.report.territories[0].loads)

    def manager(self, territory: str) -> str:
        """Return the manager of a territory's rep, "" where there is none."""
        rep = self.reps.get(self._rep(territory))
        return rep.manager if rep else ""

    def region(self, territory: str) -> str:
        """Return the region of a territory's rep, "" where there is none."""
        rep = self.reps.get(self._rep(territory))
        return rep.region if rep else ""

    def rep_name(self, rep: str) -> str:
        """Return the name of a rep, the id of somebody who is not in the list."""
        known = self.reps.get(rep)
        return known.name if known and known.name else rep

    def _key(self, columns: list[str]) -> str:
        rows = self.units[columns].drop_duplicates().astype(str).to_csv(index=False)
        return hashlib.sha256(f"{self.report.provenance.scenario_sha256}\n{rows}".encode()).hexdigest()[:16]

    def _rep(self, territory: str) -> str:
        row = self.territories.get(territory)
        return (row.rep or "") if row else ""


def read_written(folder: Path) -> WrittenPlan:
    """Read a folder's plan; raises InputError where its files are missing, damaged or not of one run."""
    report, document = stored_report(folder), stored_document(folder, GEOJSON)
    try:
        units = pd.DataFrame([feature["properties"] for feature in document["features"]])
        if "geography" not in units:
            units["geography"] = units["unit"]
        units = units.astype(dict.fromkeys(TEXTS, str))
        units[[*report.territories[0].loads]].astype(float)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise damaged(GEOJSON, f"{type(error).__name__} {error}") from error
    return WrittenPlan(folder, report, document, units, _accounts(folder))


def _accounts(folder: Path) -> pd.DataFrame | None:
    if not (folder / ACCOUNTS).exists():
        return None
    head, *lines = stored_rows(folder, ACCOUNTS) or [[]]
    missing = [name for name in ACCOUNT_COLUMNS[:-1] if name not in head]
    ragged = next((i for i, line in enumerate(lines, start=1) if len(line) != len(head)), None)
    if missing or ragged is not None:
        raise damaged(ACCOUNTS, f"it lacks the column {missing[0]}" if missing else f"row {ragged} has other columns")
    cells = [[unguarded(cell) for cell in line] for line in lines]
    accounts = pd.DataFrame(cells, columns=head, dtype=str)
    weight = accounts["weight"] if "weight" in accounts else pd.Series("", index=accounts.index)
    return accounts.assign(weight=pd.to_numeric(weight, errors="coerce"))
