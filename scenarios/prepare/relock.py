"""A prepared scenario with other locks: the same numbers, so that editing by hand need not wait for all files."""

from dataclasses import replace

import numpy as np

from optimizer.problem import UNLOCKED
from scenarios.case import Case
from scenarios.document.scenario import Scenario


def relocked(case: Case, scenario: Scenario) -> Case | None:
    """Return a case with the locks of a document that differs from its own in nothing else.

    None where other rules might contradict the locks, or they name more than single units: then all is to be prepared
    anew. Warnings stay as they were.
    """
    rules = scenario.rules
    if isinstance(rules.lock, str) or rules.forbid or rules.together or rules.apart or scenario.scope is not None:
        return None
    row_of_unit = {str(unit): row for row, unit in enumerate(case.units["unit"])}
    seat_of_rep = {case.reps[seat.rep].id: at for at, seat in enumerate(case.seats) if seat.rep is not None}
    locked = np.full(len(case.units), UNLOCKED, dtype=np.int32)
    reason = [""] * len(case.units)
    for rule in rules.lock:
        row, seat = row_of_unit.get(rule.unit or ""), seat_of_rep.get(rule.rep)
        if row is None or seat is None or locked[row] not in (UNLOCKED, seat):
            return None
        locked[row], reason[row] = seat, rule.reason
    locked = locked[case.row_of]
    held = np.flatnonzero(locked != UNLOCKED)
    if case.problem.banned[case.problem.fit_class[held], locked[held]].any():
        return None
    problem = replace(case.problem, locked=locked)
    return replace(case, scenario=scenario, units=case.units.assign(reason=reason), problem=problem)
