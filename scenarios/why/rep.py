"""What a rep gains and loses against today, and why."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.findings import Finding, InputError, Level
from optimizer.graph import IntArray
from optimizer.judge.places import piece_of
from optimizer.problem import GONE, UNLOCKED, WORKLOAD, BoolArray, Contiguity
from scenarios.report.build import build_territories
from scenarios.report.changes import planned_reps
from scenarios.report.figures import unit_amounts
from scenarios.report.model import TerritoryFigure
from scenarios.report.today import current_reps, today_of
from scenarios.why.model import HandFigure, RepAnswer
from scenarios.why.question import Asked, seat_of
from scenarios.why.rep_words import rep_summary
from scenarios.why.terms import terms

Texts = npt.NDArray[np.object_]

CLOSE = 1e-6
"""A smaller difference in value is none."""


def explain_rep(asked: Asked, name: str) -> RepAnswer:
    """Return what changes for a rep, given by id or by the code of the territory.

    Raises
    ------
    InputError
        If there is no such rep, nobody fills the seat, or there is no plan of today.
    """
    case, answer = asked.case, asked.answer
    seat = seat_of(asked, name)
    rep = answer.incumbent(seat)
    today = today_of(case)
    if rep is None or today is None:
        what = "nobody fills this territory" if rep is None else "the scenario names no rep of today"
        message = f"Nothing can be said about gains and losses of {name}: {what}."
        hint = "Maybe name the column of today's rep in units.current."
        raise InputError([Finding(Level.ERROR, "no-today", message, hint, field="--rep", value=name)])
    now, then = (np.array(reps, dtype=object) for reps in (current_reps(case), planned_reps(answer)))
    why = _Why(asked)
    found = RepAnswer(
        summary="",
        rep=rep.id,
        territory=case.seats[seat].code,
        kept=len(np.unique(case.row_of[(now == rep.id) & (then == rep.id)])),
        gained=_hands(asked, _where((then == rep.id) & (now != rep.id)), now, why),
        lost=_hands(asked, _where((now == rep.id) & (then != rep.id)), then, why),
        **_figures(asked, rep.id),
    )
    return found.model_copy(update={"summary": rep_summary(asked, found)})


def _where(chosen: BoolArray) -> IntArray:
    return np.flatnonzero(chosen).astype(np.int32)


def _figures(asked: Asked, rep: str) -> dict[str, object]:
    proposed, today = build_territories(asked.answer)
    after = next(row for row in proposed if row.rep == rep)
    before = next((row for row in today if row.rep == rep), None)
    return {
        "before": {} if before is None else _indices(before),
        "after": _indices(after),
        "mean_km_before": None if before is None else before.mean_km,
        "mean_km_after": after.mean_km,
    }


def _indices(row: TerritoryFigure) -> dict[str, float | None]:
    return {measure: load.index for measure, load in row.loads.items()}


def _hands(
    asked: Asked, units: IntArray, other: "np.ndarray[tuple[int], np.dtype[np.object_]]", why: "_Why"
) -> list[HandFigure]:
    """Return units that change hands, one entry a unit and other rep, the largest workload first."""
    case, amounts = asked.case, unit_amounts(asked.case)
    groups: dict[tuple[int, str], list[int]] = {}
    for unit in units.tolist():
        groups.setdefault((int(case.row_of[unit]), str(other[unit])), []).append(unit)
    order = sorted(groups, key=lambda key: (-float(amounts[WORKLOAD, groups[key]].sum()), key))
    texts = case.units[["unit", "name"]].astype(str).to_numpy().tolist()
    return [
        HandFigure(
            unit=texts[row][0],
            name=texts[row][1],
            other=rep,
            measures=dict(zip(case.problem.measures, amounts[:, groups[row, rep]].sum(axis=1).tolist(), strict=True)),
            reason=why.reason(np.array(groups[row, rep], dtype=np.int32)),
        )
        for row, rep in order
    ]


@dataclass(frozen=True)
class _Why:
    """Says what speaks most for a move: a rule, else the unit's own travel and fit, else the balance of loads."""

    asked: Asked

    def reason(self, units: IntArray) -> str:
        """Return why units that have one rep today have another one in the plan."""
        problem, answer = self.asked.case.problem, self.asked.answer
        now, then = int(problem.current[units[0]]), int(answer.plan.owner[units[0]])
        if (problem.locked[units] != UNLOCKED).any():
            return "locked to the new rep"
        if now == GONE:
            return "today's rep leaves or is not in the list"
        if now < 0:
            return "nobody has it today"
        if self._excluded(units, now):
            return "today's rep may no longer own it"
        if self._apart(units, now):
            return "lies apart from the rest of today's territory"
        return self._gain(units, now, then) or self._balance(now, then)

    def _excluded(self, units: IntArray, seat: int) -> bool:
        problem = self.asked.case.problem
        banned = bool(problem.banned[problem.fit_class[units], seat].any())
        forbidden = bool((np.isin(problem.forbidden[:, 0], units) & (problem.forbidden[:, 1] == seat)).any())
        far = bool((problem.distance_km[units, seat] > problem.max_distance_km).any())
        return banned or forbidden or far

    def _apart(self, units: IntArray, seat: int) -> bool:
        """Return whether the units lie outside the heaviest piece that the seat has today of their part."""
        problem = self.asked.case.problem
        taking_part = problem.contiguity != Contiguity.OFF
        root = piece_of(problem.graph, problem.current, problem.part, taking_part)
        mine = (problem.current == seat) & taking_part & (problem.part == problem.part[units[0]])
        if not mine[units].any():
            return False
        weight = np.bincount(root[mine], problem.load[WORKLOAD, mine].astype(np.float64))
        return bool((root[units] != weight.argmax()).all())

    def _gain(self, units: IntArray, now: int, then: int) -> str:
        """Return what the unit alone gains by travel and fit, "" where it loses."""
        before, after = (terms(self.asked.answer, units, seat) for seat in (now, then))
        saved = {goal: before[goal] - after[goal] for goal in ("travel", "fit")}
        if sum(saved.values()) <= CLOSE:
            return ""
        return "nearer to the new rep" if saved["travel"] >= saved["fit"] else "fits the new rep better"

    def _balance(self, now: int, then: int) -> str:
        """Return which load of today the move brings nearer to its target."""
        problem = self.asked.case.problem
        for measure, name in enumerate(problem.measures):
            target = problem.target[measure]
            load = np.bincount(
                np.maximum(problem.current, 0), problem.load[measure] * (problem.current >= 0), problem.n_reps
            )
            index = 100.0 * load / np.where(target > 0, target, np.inf)
            if index[now] > 100.0 and index[now] > index[then]:
                return f"eases today's rep, at {index[now]:.0f} % of the {name} target"
            if 0 < index[then] < 100.0 and index[then] < index[now]:
                return f"fills up the new rep, at {index[then]:.0f} % of the {name} target today"
        return "follows from other moves"
