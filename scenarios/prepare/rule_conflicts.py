"""Rules that contradict each other, whatever the plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.findings import Finding
from optimizer.graph import IntArray
from scenarios.prepare.rule_groups import Group
from scenarios.prepare.rule_pairs import Pair
from scenarios.prepare.rule_places import Place
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import some


@dataclass(frozen=True, eq=False)
class Named:
    """Rules by what they name, before they are merged into one state."""

    locks: Sequence[Pair]
    forbids: Sequence[Pair]
    together: Sequence[IntArray]
    apart: Sequence[Group]


def conflicts(named: Named, table: UnitTable, team: Team) -> Iterator[Finding]:
    """Yield an error for each contradiction among the rules, units kept together taken as one."""
    group_of = np.arange(len(table), dtype=np.int32)
    for rows in named.together:
        group_of[rows] = rows[0]
    yield from _two_locks(named.locks, group_of, table, team)
    yield from _locked_and_forbidden(named, group_of, table, team)
    yield from _together_and_apart(named.apart, group_of, table)
    yield from _apart_with_one_lock(named, group_of, table, team)


def _two_locks(locks: Sequence[Pair], group_of: IntArray, table: UnitTable, team: Team) -> Iterator[Finding]:
    first: dict[int, tuple[int, Pair]] = {}
    for lock in locks:
        for row in lock.rows.tolist():
            other, earlier = first.setdefault(int(group_of[row]), (row, lock))
            if earlier.seat == lock.seat:
                continue
            here, there = _rep(team, lock.seat), _rep(team, earlier.seat)
            bound = "" if other == row else f", which must stay together with {table.ids[other]}"
            code = "lock-conflict" if other == row else "together-locks"
            message = (
                f"Unit {table.ids[row]}{bound} is locked to {here}; {_written(earlier.place)} locks it to {there}."
            )
            yield lock.place.error(code, message, "Maybe remove one of the locks.", table.ids[row])


def _locked_and_forbidden(named: Named, group_of: IntArray, table: UnitTable, team: Team) -> Iterator[Finding]:
    banned = {(int(group_of[row]), forbid.seat): forbid.place for forbid in named.forbids for row in forbid.rows}
    for lock in named.locks:
        for row in lock.rows.tolist():
            place = banned.get((int(group_of[row]), lock.seat))
            if place is not None:
                rep = _rep(team, lock.seat)
                message = f"Unit {table.ids[row]} is locked to {rep}, but {_written(place)} forbids it or its group."
                yield lock.place.error("lock-forbid", message, "Maybe remove one of the rules.", table.ids[row])


def _together_and_apart(apart: Sequence[Group], group_of: IntArray, table: UnitTable) -> Iterator[Finding]:
    for group in apart:
        for rows in _shared(group.rows, group_of[group.rows]):
            message = f"{some(table.ids, rows)} must be apart, but other rules keep them together."
            value = table.ids[rows[0]]
            yield group.place.error("together-apart", message, "Maybe remove one of the rules.", value)


def _apart_with_one_lock(named: Named, group_of: IntArray, table: UnitTable, team: Team) -> Iterator[Finding]:
    seat_of = {int(group_of[row]): lock.seat for lock in named.locks for row in lock.rows}
    for group in named.apart:
        locked = np.array([seat_of.get(int(group_of[row]), -1) for row in group.rows], dtype=np.int32)
        for rows in _shared(group.rows[locked >= 0], locked[locked >= 0]):
            rep = _rep(team, seat_of[int(group_of[rows[0]])])
            message = f"{some(table.ids, rows)} must be apart, but they are all locked to {rep}."
            value = table.ids[rows[0]]
            yield group.place.error("apart-locks", message, "Maybe remove one of the rules.", value)


def _shared(rows: IntArray, labels: IntArray) -> Iterator[IntArray]:
    """Yield the rows of each label that several rows bear."""
    for label in np.unique(labels):
        same = rows[labels == label]
        if len(same) > 1:
            yield same


def _rep(team: Team, seat: int) -> str:
    return team.seated[seat].id


def _written(place: Place) -> str:
    if place.row is not None:
        return f"row {place.row} of {place.file}"
    return place.field or place.file
