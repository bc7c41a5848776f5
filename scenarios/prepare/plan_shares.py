"""The rows of a plan about one unit, laid onto the parts that the unit has in a case."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import NOBODY
from scenarios.case import Case
from scenarios.prepare.wording import named


@dataclass(frozen=True)
class Holding:
    """One row of a plan file: a unit, the seat that holds it, and how much of it. `row` is the row in the file."""

    unit: int
    seat: int
    share: float
    row: int


def lay_shares(rows: list[Holding], parts: IntArray, owner: IntArray, case: Case, label: str) -> Iterator[Finding]:
    """Give a unit's parts to the seats of its rows, in their order, by shares rounded to whole parts.

    Rows of one seat count as one. A unit that has one part, and several seats, goes to the one with most of it: that
    is a `divided-unit` error.

    Parameters
    ----------
    rows : list of Holding
        All of one unit.
    parts : (n_parts,) int32
        Units of the Problem behind that unit.
    owner : (n_units,) int32
        Seats by unit of the Problem; written to.
    """
    if len(rows) == 1 and rows[0].share == 1.0:
        owner[parts] = rows[0].seat
        return
    unit, last = str(case.units["unit"].iloc[rows[0].unit]), rows[-1]
    holdings = _one_a_seat(rows)
    total = sum(holding.share for holding in holdings)
    if not total <= 1.0 + 1e-6:
        yield _too_much(rows, total, unit, len(parts), label)
        return
    if len(parts) == 1 and len(holdings) > 1:
        best = max((one for one in holdings if one.seat != NOBODY), key=lambda one: one.share)
        owner[parts] = best.seat
        yield _divided(holdings, best, case, label)
        return
    ends = np.cumsum([holding.share for holding in holdings]) * len(parts)
    whole = np.rint(ends).astype(np.int64)
    if np.abs(ends - whole).max() > 1e-3:
        message = f"The shares of the unit {unit} were rounded to its {len(parts)} equal parts."
        hint = "Maybe the plan comes from a scenario that splits it otherwise."
        yield Finding(Level.WARNING, "share-rounded", message, hint, label, last.row, "share", f"{last.share:g}")
    for holding, start, end in zip(holdings, np.append(0, whole), whole, strict=False):
        owner[parts[start:end]] = holding.seat


def _one_a_seat(rows: list[Holding]) -> list[Holding]:
    by_seat: dict[int, Holding] = {}
    for row in rows:
        before = by_seat.get(row.seat)
        by_seat[row.seat] = row if before is None else replace(before, share=before.share + row.share)
    return list(by_seat.values())


def _too_much(rows: list[Holding], total: float, unit: str, n_parts: int, label: str) -> Finding:
    last = rows[-1].row
    if len(rows) > 1 and (n_parts == 1 or len({row.seat for row in rows}) < len(rows)):
        message = f"The unit {unit} stands in rows {', '.join(str(row.row) for row in rows)} of {label}."
        hint = "Maybe remove all but one, or give each a share; only split units may have several reps."
        return Finding(Level.ERROR, "duplicate-unit", message, hint, label, last, "unit", unit)
    message = f"The shares of the unit {unit} add to {total:g}."
    return Finding(Level.ERROR, "shares-above-one", message, "Maybe give each row its share.", label, last, "share")


_LIGHT = "divides only what is too heavy for a territory, and this unit is not"
_TIGHTEN = "tighten the tolerance or max until it is too heavy"
_WHY_WHOLE = {
    "refuse": ("keeps every unit whole", "set limits.oversize to split or share"),
    "split": (_LIGHT, _TIGHTEN),
    "share": (_LIGHT, _TIGHTEN),
    "account": ("does not cut a named account", "set limits.oversize to share"),
}
"""Why a unit has one part, by limits.oversize, and what would change that."""


def _divided(holdings: list[Holding], best: Holding, case: Case, label: str) -> Finding:
    unit = case.units.iloc[best.unit]
    shares = [f"{_holder(one.seat, case)} ({one.share:g})" for one in holdings]
    mode = case.scenario.limits.oversize
    heavy = any(found.code == "oversize-unit" and found.value == unit["unit"] for found in case.findings)
    # What is too heavy and whole all the same, where such units are split, is an account without a place.
    why, way_out = _WHY_WHOLE["account" if heavy and mode == "split" else mode]
    owner = _holder(best.seat, case)
    message = (
        f"The plan divides {named(str(unit['unit']), str(unit['name']))} between {', '.join(shares[:-1])} and"
        f" {shares[-1]}, but limits.oversize: {mode} {why}. Kept whole it goes to {owner}, who has most of it."
    )
    hint = f"Maybe write one row that gives it to {owner}, or {way_out}."
    return Finding(Level.ERROR, "divided-unit", message, hint, label, best.row, "share", str(unit["unit"]))


def _holder(seat: int, case: Case) -> str:
    if seat == NOBODY:
        return "nobody"
    rep = case.seats[seat].rep
    return case.seats[seat].code if rep is None else case.reps[rep].id
