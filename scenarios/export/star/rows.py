"""The rows of the star, from a written plan."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from scenarios.export.tables import Cell
from scenarios.export.written import WrittenPlan
from scenarios.report.changes import KEPT
from scenarios.report.model import GoalFigure, TerritoryFigure
from scenarios.report.written import currency, tolerance

Line = tuple[Cell, ...]
PROPOSED, TODAY = "proposed", "today"
NOBODY = "(nobody)"
"""Key of the territory and of the rep where there is none, so that every key of a fact is in its dimension."""


class Star:
    """One plan as the rows of each table of the star."""

    def __init__(self, plan: WrittenPlan) -> None:
        self._plan, self._report = plan, plan.report
        self._key, self._today_key = plan.key, plan.today_key
        self._accounts = pd.DataFrame() if plan.accounts is None else plan.accounts
        self.tables: dict[str, Callable[[], Iterator[Line]]] = {
            "dim_plan": self._plans,
            "dim_unit": self._units,
            "dim_territory": self._territories,
            "dim_rep": self._reps,
            "dim_measure": self._measures,
            "dim_account": self._account_rows,
            "fact_assignment": self._assignments,
            "fact_unit_measure": self._unit_measures,
            "fact_account": self._account_facts,
            "fact_territory_measure": self._territory_measures,
            "fact_territory": self._territory_figures,
            "fact_goal": self._goals,
            "fact_quota": self._quotas,
        }

    def _plans(self) -> Iterator[Line]:
        report = self._report
        told: Any = report.provenance.scenario.get("plan") or {}
        about = (report.name, str(told.get("year") or ""), str(told.get("from") or ""), currency(report))
        sha = report.provenance.scenario_sha256
        yield (self._key, PROPOSED, *about, report.status, report.value, report.bound, report.gap, sha)
        if report.today is not None:
            yield (self._today_key, TODAY, *about, "given", report.today.value, None, None, sha)

    def _units(self) -> Iterator[Line]:
        columns = ["unit", "name", "geography", "segment", "lat", "lon"]
        yield from self._plan.units[columns].drop_duplicates("unit").itertuples(index=False, name=None)

    def _territories(self) -> Iterator[Line]:
        today = self._report.today.territories if self._report.today else []
        seats = {row.territory for row in self._report.territories}
        named = {row.territory: row.name or row.rep_name for row in [*today, *self._report.territories]}
        yield from ((code, name or code, code in seats) for code, name in named.items())
        yield (NOBODY, NOBODY, False)

    def _reps(self) -> Iterator[Line]:
        for rep in self._plan.reps.values():
            about = (rep.manager, rep.region, rep.capacity, rep.hours, rep.crm_user_id, rep.email)
            yield (rep.id, rep.name or rep.id, rep.status, *about)
        owners = [*self._plan.units["current_rep"], *self._accounts.get("current_rep", [])]
        for owner in sorted({owner for owner in owners if owner} - set(self._plan.reps)):
            yield (owner, owner, "gone", "", "", None, None, "", "")
        yield (NOBODY, NOBODY, "", "", "", None, None, "", "")

    def _measures(self) -> Iterator[Line]:
        for name in self._plan.measures:
            yield (name, currency(self._report) if name == "potential" else "", tolerance(self._report, name))

    def _account_rows(self) -> Iterator[Line]:
        if len(self._accounts):
            for *texts, weight in self._accounts[["account", "name", "unit", "weight"]].itertuples(index=False):
                yield (*texts, None if pd.isna(weight) else weight)

    def _assignments(self) -> Iterator[Line]:
        columns = ["unit", "territory", "rep", "share", "change", "locked"]
        for unit, territory, rep, *rest in self._plan.units[columns].itertuples(index=False):
            yield (self._key, unit, territory or NOBODY, rep or NOBODY, *rest)
        for unit, territory, rep in self._today().itertuples(index=False):
            yield (self._today_key, unit, territory or NOBODY, rep or NOBODY, 1.0, KEPT, False)

    def _unit_measures(self) -> Iterator[Line]:
        units, measures = self._plan.units, self._plan.measures
        for unit, territory, rep, *amounts in units[["unit", "territory", "rep", *measures]].itertuples(index=False):
            for name, amount in zip(measures, amounts, strict=True):
                yield (self._key, unit, territory or NOBODY, rep or NOBODY, name, amount)
        whole = units.groupby("unit", sort=False)[measures].sum()
        for unit, territory, rep in self._today().itertuples(index=False):
            for name, amount in whole.loc[unit].items():
                yield (self._today_key, unit, territory or NOBODY, rep or NOBODY, str(name), float(amount))

    def _account_facts(self) -> Iterator[Line]:
        if not len(self._accounts):
            return
        seat_of = {row.rep: row.territory for row in self._today_rows()}
        columns = ["account", "unit", "territory", "rep", "current_rep", "change"]
        for account, unit, territory, rep, _, change in self._accounts[columns].itertuples(index=False):
            yield (self._key, account, unit, territory or NOBODY, rep or NOBODY, change)
        for account, unit, _, _, owner, _ in self._accounts[columns].itertuples(index=False):
            if self._report.today is not None:
                yield (self._today_key, account, unit, seat_of.get(owner, NOBODY), owner or NOBODY, KEPT)

    def _territory_measures(self) -> Iterator[Line]:
        for key, row in self._both():
            for name, load in row.loads.items():
                yield (key, row.territory, row.rep or NOBODY, name, load.load, load.target, load.index, load.in_band)

    def _territory_figures(self) -> Iterator[Line]:
        for key, row in self._both():
            figures = (row.units, row.mean_km, row.max_km, row.fit, row.pieces, row.moved)
            yield (key, row.territory, row.rep or NOBODY, *figures)

    def _goals(self) -> Iterator[Line]:
        today: list[GoalFigure] = self._report.today.goals if self._report.today else []
        for key, goals in ((self._key, self._report.goals), (self._today_key, today)):
            yield from ((key, goal.name, goal.weight, goal.amount) for goal in goals)

    def _quotas(self) -> Iterator[Line]:
        for quota in self._report.quotas or ():
            for seat in quota.territories if quota.possible else ():
                yield (self._key, seat.territory, seat.rep or NOBODY, quota.measure, seat.quota, seat.incumbent_quota)

    def _both(self) -> Iterator[tuple[str, TerritoryFigure]]:
        yield from ((self._key, row) for row in self._report.territories)
        yield from ((self._today_key, row) for row in self._today_rows())

    def _today_rows(self) -> list[TerritoryFigure]:
        return self._report.today.territories if self._report.today else []

    def _today(self) -> pd.DataFrame:
        """Return unit, territory and rep of today, one row a unit; none where nobody has anything."""
        units = self._plan.units[["unit", "current_territory", "current_rep"]].drop_duplicates("unit")
        return units if self._report.today is not None else units.iloc[:0]
