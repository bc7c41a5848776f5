"""Locks and forbids: units, picked by id or by column values, and a rep."""

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.findings import Finding
from optimizer.graph import IntArray
from scenarios.document.scenario import PairRule
from scenarios.prepare.rule_places import Place, named_rows
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.where import rows_where
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
        if rule.where is not None:
            rows = rows_where(rule.where, place, table, team.reps, findings)
        else:
            rows = named_rows(rule.unit or "", place, table, findings)
        if rule.rep not in seat_by_rep:
            findings.append(_without_seat(rule.rep, place, team))
        elif rows is not None:
            pairs.append(Pair(rows, seat_by_rep[rule.rep], rule.reason, place))
    return pairs


def _without_seat(rep: str, place: Place, team: Team) -> Finding:
    if rep in team.leaving():
        message = f"The rep {rep} is leaving and gets no units, but a rule locks units to them."
        return place.error("leaving-rep", message, "Maybe lock them to another rep, or remove the rule.", rep)
    if rep in {other.id for other in team.reps}:
        message = f"The rule names the rep {rep}, but free territories are matched to reps only after the design."
        return place.error("rule-needs-seat", message, "Maybe leave out reps.count.", rep)
    hint = team.offers().hint(rep, "Maybe remove the rule, or add the rep.")
    return place.error("unknown-rep", f"There is no rep {rep}.", hint, rep)
