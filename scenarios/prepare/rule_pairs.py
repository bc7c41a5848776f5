"""Locks and forbids: units, picked by id or by column values, and a rep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from geodata.findings import Finding
from optimizer.graph import IntArray
from scenarios.document.scenario import PairRule
from scenarios.near_names import maybe
from scenarios.prepare.rule_places import Place, named_rows, unknown_column
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.reading.rule_files import Placed


@dataclass(frozen=True, eq=False)
class Pair:
    """Rows and the seat that must or must not own them."""

    rows: IntArray
    seat: int
    reason: str
    place: Place


def resolve_pairs(
    rules: Iterable[Placed[PairRule]], table: UnitTable, team: Team, findings: list[Finding]
) -> list[Pair]:
    """Resolve locks or forbids; those that name something unknown are left out, with an error each."""
    pairs = []
    seat_by_rep = team.seat_by_rep()
    for placed in rules:
        rule, place = placed.rule, Place(placed.file, placed.row, placed.field)
        rows = _rows(rule, place, table, findings)
        if rule.rep not in seat_by_rep:
            findings.append(_without_seat(rule.rep, place, team))
        elif rows is not None:
            pairs.append(Pair(rows, seat_by_rep[rule.rep], rule.reason, place))
    return pairs


def _rows(rule: PairRule, place: Place, table: UnitTable, findings: list[Finding]) -> IntArray | None:
    if rule.where is not None:
        return _rows_where(rule.where, place, table, findings)
    return named_rows(rule.unit or "", place, table, findings)


def _rows_where(where: Mapping[str, str], place: Place, table: UnitTable, findings: list[Finding]) -> IntArray | None:
    """Return the rows in which every column has the value asked for."""
    chosen = np.ones(len(table), dtype=np.bool_)
    before = len(findings)
    for column, value in where.items():
        cells = table.cells(column)
        if cells is None:
            findings.append(unknown_column(column, place, table))
            continue
        matches = (cells == value).to_numpy()
        if not matches.any():
            hint = maybe(value, list(dict.fromkeys(cells)))
            message = f"No unit has {value} in the column {column}."
            findings.append(place.error("unknown-value", message, hint, value))
        chosen &= matches
    if len(findings) > before:
        return None
    if not chosen.any():
        asked = " and ".join(f"{column} {value}" for column, value in where.items())
        message = f"No unit has {asked}, so the rule does nothing."
        findings.append(place.warning("rule-without-units", message, "Maybe one of the values is wrong."))
        return None
    return np.flatnonzero(chosen).astype(np.int32)


def _without_seat(rep: str, place: Place, team: Team) -> Finding:
    if rep in team.leaving():
        message = f"The rep {rep} is leaving and gets no units, but a rule locks units to them."
        return place.error("leaving-rep", message, "Maybe lock them to another rep, or remove the rule.", rep)
    if rep in {other.id for other in team.reps}:
        message = f"The rule names the rep {rep}, but free territories are matched to reps only after the design."
        return place.error("rule-needs-seat", message, "Maybe leave out reps.count.", rep)
    hint = team.offers().hint(rep, "Maybe remove the rule, or add the rep.")
    return place.error("unknown-rep", f"There is no rep {rep}.", hint, rep)
