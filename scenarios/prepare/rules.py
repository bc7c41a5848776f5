"""Rules on single units, resolved to rows and seats, and what contradicts itself among them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geodata.findings import Finding
from optimizer.graph import IntArray
from optimizer.problem import UNLOCKED
from scenarios.prepare.rule_conflicts import Named, conflicts
from scenarios.prepare.rule_groups import resolve_apart, resolve_together
from scenarios.prepare.rule_pairs import Pair, resolve_pairs
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.reading.rule_files import RuleLists


@dataclass(frozen=True, eq=False)
class RowRules:
    """The rules on rows of the units and on seats.

    Attributes
    ----------
    locked : (n_rows,) int32
        Seat that must own the unit, or UNLOCKED.
    reason : n_rows texts
        Why it is locked; "" where it isn't or nobody said.
    forbidden : (n_pairs, 2) int32
        Row, seat pairs, sorted and each once.
    together : tuple of int32 arrays
        Disjoint groups of two rows or more.
    apart : tuple of int32 arrays
        Groups of two rows or more.
    """

    locked: IntArray
    reason: tuple[str, ...]
    forbidden: IntArray
    together: tuple[IntArray, ...]
    apart: tuple[IntArray, ...]


def resolve_rules(lists: RuleLists, table: UnitTable, team: Team) -> tuple[RowRules, tuple[Finding, ...]]:
    """Resolve every rule to rows and seats.

    Rules may name a unit or, where units are geography x segment, a geography: then all its units are meant, for
    `apart` each of them apart from each other.
    """
    findings: list[Finding] = []
    locks = resolve_pairs(lists.lock, table, team, findings)
    # A rep who leaves gets no units anyway.
    still_needed = [placed for placed in lists.forbid if placed.rule.rep not in team.leaving()]
    forbids = resolve_pairs(still_needed, table, team, findings)
    together = resolve_together(lists.together, table, findings)
    apart = resolve_apart(lists.apart, table, findings)
    findings.extend(conflicts(Named(locks, forbids, together, apart), table, team))
    locked = np.full(len(table), UNLOCKED, dtype=np.int32)
    reason = [""] * len(table)
    for lock in locks:
        locked[lock.rows] = lock.seat
        for row in lock.rows.tolist():
            reason[row] = reason[row] or lock.reason
    groups = tuple(group.rows for group in apart)
    return RowRules(locked, tuple(reason), _pairs(forbids), together, groups), tuple(findings)


def _pairs(forbids: list[Pair]) -> IntArray:
    pairs = sorted({pair for forbid in forbids for pair in _each(forbid)})
    return np.array(pairs, dtype=np.int32).reshape(-1, 2)


def _each(pair: Pair) -> Iterator[tuple[int, int]]:
    return ((int(row), pair.seat) for row in pair.rows)
