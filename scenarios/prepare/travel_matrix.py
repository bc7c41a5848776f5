"""The travel matrix laid onto units and seats."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import SingleArray
from scenarios.document.scenario import Travel
from scenarios.near_names import listed
from scenarios.prepare.id_offers import IdOffers
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import some

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
    over with a warning, since a matrix often covers more than one scenario, and an unknown rep likewise. A pair given
    twice is an error.
    """
    seat_by_rep = team.seat_by_rep()
    unit_rows = matrix["unit"].map(table.rows_of)
    seats = matrix["rep"].map(seat_by_rep)
    findings = [
        *_unknown(matrix["unit"][unit_rows.isna()], "unknown-unit", label, table.offers),
        *_unknown(
            matrix["rep"][seats.isna() & ~matrix["rep"].isin(team.leaving())], "unknown-rep", label, team.offers()
        ),
    ]
    findings += listed(_too_large(matrix, label))
    known = unit_rows.notna() & seats.notna() & (matrix["cost"] <= LARGEST_COST)
    pairs = pd.DataFrame({"row": unit_rows[known], "seat": seats[known], "cost": matrix["cost"][known]}).explode("row")
    # Pairs that stand twice as written were found when the matrix was read.
    repeated = pairs.duplicated(["row", "seat"]) & ~matrix.duplicated(["unit", "rep"])[pairs.index].to_numpy()
    findings += [_repeated(matrix, int(place), label) for place in pairs.index[repeated][:1]]
    cost = np.full((len(table), len(team.seats)), np.nan, dtype=np.float32)
    cost[pairs["row"].to_numpy(np.int64), pairs["seat"].to_numpy(np.int64)] = pairs["cost"]
    missing = np.argwhere(np.isnan(cost)).astype(np.int32)
    if len(missing):
        findings.append(_missing(missing, label, table, team))
        cost[np.isnan(cost)] = 0.0 if len(missing) == cost.size else np.nanmax(cost)
    return TravelCosts(cost, missing), tuple(findings)


def _unknown(names: pd.Series, code: str, label: str, offers: IdOffers) -> list[Finding]:
    if names.empty:
        return []
    kind, first, row = code.removeprefix("unknown-"), str(names.iloc[0]), int(names.index[0]) + 1
    distinct = list(dict.fromkeys(names))
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
