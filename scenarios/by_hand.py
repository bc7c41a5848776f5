"""Plans made by hand: laid onto a case, changed by moves, and judged like any other."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from geodata.findings import Finding, InputError, Level
from optimizer.plan import Plan
from optimizer.problem import NOBODY, UNLOCKED
from scenarios.case import Case
from scenarios.near_names import listed, maybe
from scenarios.prepare.id_offers import IdOffers
from scenarios.prepare.plan import parts_of_rows, read_plan
from scenarios.report.answer import Answer, given_answer
from scenarios.report.build import build_report
from scenarios.report.model import Report
from scenarios.report.provenance import Run

TAKEN_FROM_NOBODY = ""
"""Territory of a unit that nobody has."""


@dataclass(frozen=True)
class Change:
    """A unit that changed hands; territories by their codes, several where the unit was split."""

    unit: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def plan_from_text(case: Case, data: bytes, name: str = "plan.csv") -> tuple[Plan, tuple[Finding, ...]]:
    """Return a plan from the bytes of a table, as `read_plan` does; raises InputError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read_plan(path, case)


def judged(
    case: Case, plan: Plan, findings: tuple[Finding, ...], document_sha256: str, scenario_file: str
) -> tuple[Answer, Report]:
    """Return a given plan judged, and its report."""
    answer = given_answer(case, plan, findings)
    run = Run("score", datetime.now(UTC), 0.0, scenario_file, document_sha256, None)
    return answer, build_report(answer, run)


def move_units(case: Case, plan: Plan, units: Sequence[str], territory: str) -> tuple[Plan, list[Change]]:
    """Give whole units to a territory.

    Parameters
    ----------
    units : sequence of str
        Ids of units.
    territory : str
        Code of a seat, or the id of the rep who fills it.

    Returns
    -------
    tuple
        The new plan, and what changed; units that the territory has already are left out.

    Raises
    ------
    InputError
        Where a unit or the territory is unknown, or a unit is locked to another territory.
    """
    codes = [seat.code for seat in case.seats]
    seat = _seat(case, territory)
    row_of_unit = {str(unit): row for row, unit in enumerate(case.units["unit"])}
    wrong = listed(_refused(case, units, row_of_unit, seat))
    if wrong:
        raise InputError(wrong)
    owner, parts_of = plan.owner.copy(), parts_of_rows(case)
    changes = []
    for unit in dict.fromkeys(units):
        parts = parts_of[row_of_unit[unit]]
        before = _codes(codes, owner[parts].tolist())
        owner[parts] = seat
        if before != (codes[seat],):
            changes.append(Change(unit, before, (codes[seat],)))
    return Plan(owner), changes


def move_all(case: Case, plan: Plan, moves: Sequence[tuple[Sequence[str], str]]) -> tuple[Plan, list[Change]]:
    """Make several moves of `move_units`, each of (units, territory), as one; raises InputError."""
    before, changes = plan, dict[str, Change]()
    for units, territory in moves:
        plan, made = move_units(case, plan, units, territory)
        for change in made:
            first = changes.get(change.unit)
            changes[change.unit] = change if first is None else replace(change, before=first.before)
    kept = [change for change in changes.values() if change.before != change.after]
    return (plan, kept) if kept else (before, [])


def _seat(case: Case, name: str) -> int:
    codes = {seat.code: i for i, seat in enumerate(case.seats)}
    reps = {case.reps[seat.rep].id: i for i, seat in enumerate(case.seats) if seat.rep is not None}
    found = codes.get(name, reps.get(name))
    if found is None:
        message = f"There is no territory {name}."
        raise InputError(
            [Finding(Level.ERROR, "unknown-territory", message, maybe(name, codes), field="territory", value=name)]
        )
    return found


def _refused(case: Case, units: Sequence[str], row_of_unit: dict[str, int], seat: int) -> list[Finding]:
    found = []
    offers = IdOffers(row_of_unit)
    locked_row = {int(row) for row in case.row_of[(case.problem.locked != UNLOCKED) & (case.problem.locked != seat)]}
    for i, unit in enumerate(units):
        if unit not in row_of_unit:
            hint = offers.hint(unit, "Maybe it belongs to another scenario.")
            found.append(_at(i, "unknown-unit", f"There is no unit {unit}.", hint, unit))
        elif row_of_unit[unit] in locked_row:
            hint = "Maybe remove its lock first."
            found.append(_at(i, "locked-unit", f"The unit {unit} is locked to another territory.", hint, unit))
    return found


def _at(place: int, code: str, message: str, hint: str, unit: str) -> Finding:
    return Finding(Level.ERROR, code, message, hint, field=f"units[{place}]", value=unit)


def _codes(codes: list[str], seats: list[int]) -> tuple[str, ...]:
    return tuple(TAKEN_FROM_NOBODY if seat == NOBODY else codes[seat] for seat in sorted(set(seats)))
