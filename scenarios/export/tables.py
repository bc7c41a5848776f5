"""The plan as tables: what plan.csv, territories.csv and accounts.csv hold, cell by cell."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.problem import NOBODY, UNLOCKED, FloatArray
from scenarios.accounts.allocation import allocate
from scenarios.document.plan_columns import PLAN_COLUMNS
from scenarios.report.answer import Answer
from scenarios.report.changes import change, staying_reps
from scenarios.report.figures import unit_amounts
from scenarios.report.model import Report, TerritoryFigure

Cell = str | float | int | bool | None

CORE = "core"
"""The only layer there is: each unit has one rep in it."""
ACCOUNT_COLUMNS = ("account", "name", "unit", "territory", "rep", "current_rep", "change", "weight")
UNAVOIDABLE = "current rep is leaving or not in the list"


@dataclass(frozen=True)
class Rows:
    """A table: column names and rows of cells; text stays text."""

    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Holding:
    """What one seat holds of one unit: the pieces of a split unit with the same seat are one holding.

    `row` is the row of `case.units`, `seat` the index in `case.seats` or NOBODY, `parts` the units of the Problem.
    """

    row: int
    seat: int
    parts: tuple[int, ...]


def holdings(answer: Answer) -> list[Holding]:
    """Return every holding, in the order of the units and then of the seats."""
    parts: dict[tuple[int, int], list[int]] = {}
    for part, (row, seat) in enumerate(zip(answer.case.row_of.tolist(), answer.plan.owner.tolist(), strict=True)):
        parts.setdefault((row, max(seat, NOBODY)), []).append(part)
    return [Holding(row, seat, tuple(members)) for (row, seat), members in sorted(parts.items())]


def plan_rows(answer: Answer) -> Rows:
    """Return plan.csv: one row a unit, several only where a unit is split or shared."""
    case = answer.case
    units = case.units[["unit", "name", "current", "reason"]].astype(str).to_numpy().tolist()
    staying = staying_reps(case)
    held = holdings(answer)
    sums = _summed(held, np.vstack([case.problem.locked != UNLOCKED, case.share, unit_amounts(case)]))
    names = {seat: seat_texts(answer, seat) for seat in {holding.seat for holding in held}}
    cells: list[tuple[Cell, ...]] = []
    for holding, (locked, share, *loads) in zip(held, sums.T.tolist(), strict=True):
        unit, name, current, lock_reason = units[holding.row]
        code, rep = names[holding.seat]
        gone = bool(current) and current not in staying
        reason = lock_reason if locked else UNAVOIDABLE * gone
        row = (unit, name, code, rep, share, current, change(current, rep), bool(locked), reason, CORE)
        cells.append((*row, *loads))
    return Rows((*PLAN_COLUMNS, *case.problem.measures), tuple(cells))


def _summed(held: list[Holding], values: FloatArray) -> FloatArray:
    """Return what the parts of each holding add up to in each row of values."""
    parts = [part for holding in held for part in holding.parts]
    first = np.cumsum([0, *(len(holding.parts) for holding in held)])[:-1]
    return np.asarray(np.add.reduceat(values[:, parts], first, axis=1))


def seat_texts(answer: Answer, seat: int) -> tuple[str, str]:
    """Return a seat's code and its rep's id, both "" for NOBODY."""
    if seat == NOBODY:
        return "", ""
    rep = answer.incumbent(seat)
    return answer.case.seats[seat].code, "" if rep is None else rep.id


def territory_table(report: Report) -> Rows:
    """Return territories.csv."""
    measures = tuple(report.territories[0].loads)
    loads = tuple(f"{measure}_{figure}" for measure in measures for figure in ("load", "target", "index", "in_band"))
    columns = ("territory", "name", "rep", "status", *loads, "units", "mean_km", "max_km", "moved", "pieces")
    quotas = tuple(f"{quota.measure}_{of}" for quota in report.quotas or () for of in ("quota", "incumbent_quota"))
    cells = [(*_territory_row(row), *territory_quotas(report, i)) for i, row in enumerate(report.territories)]
    return Rows((*columns, *quotas), tuple(cells))


def territory_quotas(report: Report, territory: int) -> tuple[Cell, ...]:
    """Return quota and incumbent's quota of each measure that has quotas, for a territory by its place."""
    spread = [quota.territories[territory] if quota.possible else None for quota in report.quotas or ()]
    return tuple(cell for seat in spread for cell in ((seat.quota, seat.incumbent_quota) if seat else (None, None)))


def account_rows(answer: Answer) -> Rows | None:
    """Return accounts.csv, None where no accounts were given. An account of a split unit goes to one of its holders."""
    accounts = answer.case.accounts
    if accounts is None:
        return None
    cells: list[tuple[Cell, ...]] = []
    texts = accounts[["account", "name", "unit", "owner"]].astype(str).to_numpy().tolist()
    potential = accounts["potential"].astype(float).tolist()
    seats = _account_seats(answer, accounts)
    for (account, name, unit, owner), amount, seat in zip(texts, potential, seats, strict=True):
        code, rep = seat_texts(answer, seat)
        cells.append((account, name, unit, code, rep, owner, change(owner, rep), amount))
    return Rows(ACCOUNT_COLUMNS, tuple(cells))


def _account_seats(answer: Answer, accounts: pd.DataFrame) -> list[int]:
    """Return the seat of each account, NOBODY for an account without a unit or of a unit that nobody has."""
    ids = answer.case.units["unit"].astype(str).tolist()
    shares: dict[str, dict[int, float]] = {}
    for holding in holdings(answer):
        share = float(answer.case.share[list(holding.parts)].sum())
        shares.setdefault(ids[holding.row], {})[holding.seat] = share
    reps = [answer.incumbent(seat) for seat in range(len(answer.case.seats))]
    seat_of = {rep.id: seat for seat, rep in enumerate(reps) if rep is not None}
    owner = accounts["owner"].map(seat_of).fillna(NOBODY).astype(int).to_numpy()
    potential = accounts["potential"].to_numpy(dtype=np.float64)
    seats = np.full(len(accounts), NOBODY)
    for unit, rows in accounts.reset_index(drop=True).groupby("unit").indices.items():
        if unit in shares:
            names = accounts["account"].iloc[rows].tolist()
            seats[rows] = allocate(names, owner[rows].tolist(), potential[rows], shares[str(unit)])
    return [int(seat) for seat in seats]


def _territory_row(row: TerritoryFigure) -> tuple[Cell, ...]:
    loads = [cell for load in row.loads.values() for cell in (load.load, load.target, load.index, load.in_band)]
    head = (row.territory, row.name, row.rep, row.status)
    return (*head, *loads, row.units, row.mean_km, row.max_km, row.moved, row.pieces)
