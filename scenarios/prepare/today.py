"""Today's plan: who owns what, and how much of it may change hands."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import GONE, NOBODY, Budget, FloatArray
from scenarios.document.scenario import DisruptionLimits
from scenarios.near_names import maybe
from scenarios.prepare.loads import integer_loads
from scenarios.prepare.measures import check_total, read_column
from scenarios.prepare.oversize import Parts
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import counted, some
from scenarios.team.names import RepNames


def current_seats(table: UnitTable, team: Team) -> tuple[IntArray, tuple[Finding, ...]]:
    """Return today's seat of each row, (n_rows,) int32: NOBODY without an owner, GONE where the owner has no seat.

    Free territories belong to nobody yet, so all owners count as NOBODY for the design, with a warning.
    """
    owners = table.units["current"]
    if team.is_free:
        return np.full(len(table), NOBODY, dtype=np.int32), _today_unused(table)
    seat_by_rep = {"": NOBODY, **team.seat_by_rep()}
    current = np.array([seat_by_rep.get(owner, GONE) for owner in owners], dtype=np.int32)
    return current, _unknown_owners(table, team)


def name_owners(table: UnitTable, team: Team) -> tuple[UnitTable, tuple[Finding, ...]]:
    """Return the units with today's owners by their rep ids, and a note where another name was recognised.

    Owners whom `RepNames` does not find stay as written.
    """
    names = RepNames(team.reps)
    written = table.units["current"]
    current = written.map({owner: names.find(owner) or owner for owner in written.unique()})
    changed = np.flatnonzero((written != current).to_numpy(dtype=bool))
    if len(changed) == 0:
        return table, ()
    row = int(changed[0])
    owner, rep = str(written.iloc[row]), str(current.iloc[row])
    many = counted(len(changed), "unit names its", "units name their")
    message = f"{many} owner by another id of the same rep, e.g. {owner} for {rep}."
    file, file_row = table.file_of(row), int(table.file_row[row])
    note = Finding(Level.NOTE, "owner-id", message, "", file, file_row, "current", owner)
    return replace(table, units=table.units.assign(current=current)), (note,)


def read_budget_amounts(
    limits: DisruptionLimits, table: UnitTable, amounts_of: Callable[[str], FloatArray | None]
) -> tuple[dict[str, FloatArray], tuple[Finding, ...]]:
    """Return what each unit counts in each limited budget, (n_rows,) float64 by budget name.

    `amounts_of` gives a measure by name. Accounts and sales are the measure of that name, else the column.
    """
    findings: list[Finding] = []
    amounts: dict[str, FloatArray] = {}
    for name in _limited(limits):
        if name == "units":
            amounts[name] = np.ones(len(table))
        elif name == "tenure":
            amounts[name] = np.nan_to_num(table.units["tenure"].to_numpy())
        else:
            measure = amounts_of(name)
            found = table.rolled.get(name) if measure is None else measure
            amounts[name] = _read(name, table, findings) if found is None else found
    return amounts, tuple(findings)


def _read(name: str, table: UnitTable, findings: list[Finding]) -> FloatArray:
    amounts = read_column(name, f"limits.disruption.{name}", table, findings)
    if not np.isnan(amounts).any():
        findings.extend(check_total(name, name, amounts, table))
    return amounts


def check_budgets(limits: DisruptionLimits, table: UnitTable, team: Team) -> tuple[Finding, ...]:
    """Return what keeps limits on disruption from meaning anything."""
    names = _limited(limits)
    if not names:
        return ()
    field = f"limits.disruption.{names[0]}"
    if team.is_free:
        message = "Disruption cannot be limited where free territories are matched to reps only after the design."
        return (Finding(Level.ERROR, "budget-without-reps", message, "Maybe leave out reps.count.", field=field),)
    if (table.units["current"] == "").all():
        message = "Disruption is limited, but no unit has a rep today."
        hint = "Maybe name the column of today's rep in units.current."
        return (Finding(Level.ERROR, "budget-without-today", message, hint, field=field),)
    if "tenure" in names and table.units["tenure"].isna().all():
        message = "Tenure is limited, but the units have no tenure."
        hint = "Maybe name the column of the years in units.tenure."
        return (Finding(Level.ERROR, "budget-without-tenure", message, hint, field="limits.disruption.tenure"),)
    return ()


def budgets(
    limits: DisruptionLimits, amounts: dict[str, FloatArray], current: IntArray, parts: Parts
) -> tuple[Budget, ...]:
    """Return the hard limits: shares of what has a rep today, unavoidable moves included.

    Parameters
    ----------
    limits : DisruptionLimits
    amounts : dict of (n_rows,) float64
        What each row counts, by budget name.
    current : (n_units,) int32
    parts : Parts
    """
    out = []
    for name, amount in amounts.items():
        weight, _ = integer_loads(amount[parts.row_of] * parts.share)
        base = int(weight[current != NOBODY].sum())
        limit = float(getattr(limits, name)) * base
        out.append(Budget(name, weight, int(np.floor(limit * (1.0 + 1e-9)))))
    return tuple(out)


def _limited(limits: DisruptionLimits) -> list[str]:
    return [name for name in DisruptionLimits.model_fields if getattr(limits, name) is not None]


def _unknown_owners(table: UnitTable, team: Team) -> tuple[Finding, ...]:
    known = {rep.id for rep in team.reps}
    counts = table.units["current"].value_counts(sort=False)
    unknown = {str(owner): int(n) for owner, n in counts.items() if owner != "" and owner not in known}
    if not unknown:
        return ()
    listed = [f"{owner} ({n})" for owner, n in unknown.items()]
    many = counted(sum(unknown.values()), "unit belongs", "units belong")
    message = (
        f"{many} today to people who are not in {team.label}: "
        f"{some(listed, range(len(listed)))}. What they hold must change hands."
    )
    first = next((owner for owner in unknown if owner not in team.removed), next(iter(unknown)))
    hint = _hint(first, known, team)
    row = int(np.argmax(table.units["current"] == first))
    file, file_row = table.file_of(row), int(table.file_row[row])
    return (Finding(Level.WARNING, "unknown-owner", message, hint, file, file_row, "current", first),)


def _hint(owner: str, known: set[str], team: Team) -> str:
    """Return what to do about an owner of today who is not in the list."""
    if owner in team.removed:
        return "Maybe give them the status leaving in reps.change; then they need not be removed."
    near = team.offers().nearest(owner)
    if near:
        return f"Maybe {owner} is {near}."
    return maybe(owner, known).replace("Maybe one of", "Maybe they left; known are")


def _today_unused(table: UnitTable) -> tuple[Finding, ...]:
    if (table.units["current"] == "").all():
        return ()
    message = "Today's owners play no part in the design of free territories, which are matched to reps afterwards."
    hint = "Maybe leave out reps.count to keep units with their reps."
    return (Finding(Level.WARNING, "today-without-reps", message, hint, table.label, field="units.current"),)
