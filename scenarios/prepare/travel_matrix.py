"""The travel matrix laid onto units and seats."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import SingleArray
from scenarios.accounts.keys import Keys
from scenarios.document.scenario import Travel
from scenarios.near_names import listed
from scenarios.prepare.id_offers import IdOffers
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import some

NO_SEAT = -1
LARGEST_COST = 1e9
"""Costs above this are no kilometres, minutes or money of a trip, but a way to say "never"."""


@dataclass(frozen=True, eq=False)
class TravelCosts:
    """What travel costs in the matrix's own unit.

    Attributes
    ----------
    cost : (n_rows, n_seats) float32
        Pairs that the matrix lacks have its largest cost; they are forbidden as well.
    missing : (n_pairs, 2) int32
        Unit row, seat pairs that the matrix lacks.
    """

    cost: SingleArray
    missing: IntArray


def check_travel(travel: Travel | None, team: Team) -> tuple[Finding, ...]:
    """Return an error where a matrix names reps but territories are free."""
    if travel is None or not team.is_free:
        return ()
    message = "A travel matrix is per rep, but free territories are matched to reps only after the design."
    hint = "Maybe leave out reps.count, or travel."
    return (Finding(Level.ERROR, "travel-without-reps", message, hint, field="travel.file", value=travel.file),)


def lay_matrix(
    matrix: pd.DataFrame, label: str, table: UnitTable, team: Team
) -> tuple[TravelCosts, tuple[Finding, ...]]:
    """Lay a matrix of columns unit, rep, cost onto the units and seats.

    A row that names a geography counts for all units there. Reps who leave are passed over; an unknown unit is passed
    over with a warning, since a matrix often covers more than one scenario, and an unknown rep likewise. A damaged id
    counts as the one that it can mean. A pair given twice is an error.
    """
    units, about_units = _resolved(matrix["unit"], label, table.keys, table.rows_of)
    seat_of = {**dict.fromkeys(team.leaving(), NO_SEAT), **team.seat_by_rep()}
    seats, about_reps = _resolved(matrix["rep"], label, Keys(seat_of), seat_of.get)
    findings = [*about_units, *about_reps]
    findings += _unknown(units, "unknown-unit", label, table.offers)
    findings += _unknown(seats, "unknown-rep", label, team.offers())
    findings += listed(_too_large(matrix, label))
    cost = np.full((len(table), len(team.seats)), np.nan, dtype=np.float32)
    seat = np.array([NO_SEAT if meant is None else meant for meant in seats["meant"]], dtype=np.int32)
    rows = [() if meant is None else meant for meant in units["meant"]]
    repeated = _fill(cost, matrix, rows, seat)
    findings += [_repeated(matrix, place, label) for place in repeated[:1]]
    missing = np.argwhere(np.isnan(cost)).astype(np.int32)
    if len(missing):
        findings.append(_missing(missing, label, table, team))
        cost[np.isnan(cost)] = 0.0 if len(missing) == cost.size else np.nanmax(cost)
    return TravelCosts(cost, missing), tuple(findings)


def _resolved(
    names: pd.Series, label: str, keys: Keys, meaning: Callable[[str], Any]
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return each category of a column, in their order: its name, first row and what it means, None for nothing."""
    codes = names.cat.codes.drop_duplicates()
    every = names.cat.categories.to_numpy(dtype=object)
    written = pd.Series(every[codes], index=codes.index, dtype=str, name=names.name)
    known, findings = keys.match(written, label)
    columns = {"name": written, "first": codes.index, "meant": [meaning(name) if name else None for name in known]}
    resolved = pd.DataFrame(columns, dtype=object).set_index(codes.to_numpy()).reindex(range(len(every)))
    return resolved.where(resolved.notna(), None), findings


def _fill(cost: SingleArray, matrix: pd.DataFrame, rows: Sequence[Sequence[int]], seat: IntArray) -> list[int]:
    """Write the costs of every unit that a row means; return the places of rows that repeat a pair by another name."""
    unit, rep = matrix["unit"].cat.codes.to_numpy(), matrix["rep"].cat.codes.to_numpy()
    given = matrix["cost"].to_numpy()
    usable = (seat[rep] != NO_SEAT) & (given <= LARGEST_COST)
    by = np.full(cost.shape, NO_SEAT, dtype=np.int32)
    repeated: list[int] = []
    for layer in range(max((len(found) for found in rows), default=0)):
        row_of = np.array([found[layer] if layer < len(found) else NO_SEAT for found in rows], dtype=np.int32)
        at = np.flatnonzero(usable & (row_of[unit] != NO_SEAT))
        pair = row_of[unit[at]], seat[rep[at]]
        before = by[pair]
        by[pair] = at
        cost[pair] = given[at]
        later = np.maximum(before, by[pair])
        repeated += later[(before != NO_SEAT) | (later != at)].tolist()
    if not repeated:
        return []
    # Pairs that stand twice as written were found when the matrix was read.
    as_written = matrix.duplicated(["unit", "rep"], keep=False).to_numpy()
    return [int(matrix.index[at]) for at in sorted(repeated) if not as_written[at]]


def _unknown(names: pd.DataFrame, code: str, label: str, offers: IdOffers) -> list[Finding]:
    unknown = names[names["meant"].isna() & names["name"].notna()].sort_values("first")
    if unknown.empty:
        return []
    distinct = unknown["name"].tolist()
    kind, first, row = code.removeprefix("unknown-"), distinct[0], int(unknown["first"].iloc[0]) + 1
    listing = some(distinct, range(len(distinct)))
    message = f"{label} names {len(distinct)} unknown {kind}s, which are passed over: {listing}."
    hint = offers.hint(first, f"Maybe they belong to another scenario; otherwise check the {kind} ids.")
    return [Finding(Level.WARNING, code, message, hint, label, row, kind, first)]


def _too_large(matrix: pd.DataFrame, label: str) -> Iterator[Finding]:
    large = matrix["cost"][matrix["cost"] > LARGEST_COST]
    for place, cost in zip(large.index.tolist(), large.tolist(), strict=True):
        message = f"{label}, row {place + 1}: the cost {cost:g} is above {LARGEST_COST:g}."
        hint = "Maybe leave out pairs that are out of reach."
        yield Finding(Level.ERROR, "out-of-range", message, hint, label, place + 1, "cost", f"{cost:g}")


def _repeated(matrix: pd.DataFrame, place: int, label: str) -> Finding:
    unit, rep = matrix.loc[place, ["unit", "rep"]]
    message = f"{label} names the rep {rep} for {unit} both as a unit and as a geography."
    hint = "Maybe remove one of the rows."
    return Finding(Level.ERROR, "duplicate-pair", message, hint, label, place + 1, "unit", str(unit))


def _missing(missing: IntArray, label: str, table: UnitTable, team: Team) -> Finding:
    unit, seat = missing[0]
    reps = [rep.id for rep in team.seated]
    message = (
        f"{label} lacks {len(missing)} of {len(table) * len(reps)} pairs, the first of them unit {table.ids[unit]} and "
        f"rep {reps[seat]}; no rep gets a unit whose travel is unknown."
    )
    return Finding(Level.WARNING, "missing-pair", message, "Maybe add the missing rows.", label, field="cost")
