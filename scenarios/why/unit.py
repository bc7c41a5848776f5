"""Why a unit belongs to its rep, who else might have it, and what the swap would cost."""

from dataclasses import dataclass

import numpy as np

from geodata.findings import Finding, InputError, Level
from optimizer.eligibility import allowed_pairs
from optimizer.graph import IntArray
from optimizer.judge.judge import judge
from optimizer.local_search.run import never
from optimizer.options import SolveOptions
from optimizer.problem import UNLOCKED, BoolArray
from optimizer.result import Stop
from optimizer.score import BrokenRule
from optimizer.swap import Swap, around, swap
from scenarios.prepare.unit_table import UnitTable
from scenarios.report.names import unit_ids
from scenarios.report.today import current_reps
from scenarios.report.words import broken_figures
from scenarios.why.model import CandidateFigure, MoveFigure, SwapFigure, UnitAnswer
from scenarios.why.question import Asked, rep_id
from scenarios.why.terms import mean_km, terms
from scenarios.why.unit_words import exclusion, unit_summary

MOST_CANDIDATES = 20
"""Other reps looked at: those for whom the unit alone is cheapest."""
MOST_SWAPS = 4
"""Other reps for whom the swap is solved: neighbours first."""


@dataclass(frozen=True, eq=False)
class Block:
    """What is explained: the units of the Problem that one seat holds of one row, and those kept together with them.

    Attributes
    ----------
    row : int
        Row of `case.units`.
    seat : int
    units : (n,) int32
        Of the Problem, ascending.
    share : float
        Part of the row that the seat holds.
    """

    row: int
    seat: int
    units: IntArray
    share: float


def explain_unit(asked: Asked, unit: str, options: SolveOptions, stop: Stop = never) -> UnitAnswer:
    """Return why a unit, or the largest part of a split one, belongs to its rep.

    Parameters
    ----------
    asked : Asked
    unit : str
        Unit id; raises InputError where it is unknown or means several units.
    options : SolveOptions
        Of each swap's neighbourhood.
    stop : callable
        True ends with the swaps that are solved.
    """
    block = find_block(asked, unit)
    answer, case = asked.answer, asked.case
    allowed = np.asarray(allowed_pairs(case.problem)[block.units].all(axis=0))
    candidates = _candidates(asked, block, allowed)
    swaps = []
    for seat in _worth_solving(asked, block, allowed):
        if not stop():
            units = _with_own(asked, block, seat)
            swaps.append(_swap_figure(asked, block, swap(case.problem, answer.plan, units, seat, options, stop)))
    text = case.units[["unit", "name"]].astype(str).iloc[block.row]
    found = UnitAnswer(
        summary="",
        unit=text["unit"],
        name=text["name"],
        territory=case.seats[block.seat].code,
        rep=rep_id(answer, block.seat),
        share=block.share,
        current_rep=current_reps(case)[block.units[0]] or None,
        km=mean_km(answer, block.units, block.seat),
        terms=terms(answer, block.units, block.seat),
        binding=_binding(asked, block, allowed),
        others=case.problem.n_reps - 1,
        others_allowed=int(np.delete(allowed, block.seat).sum()),
        candidates=candidates,
        swaps=sorted(swaps, key=lambda item: (item.cost is None, item.cost or 0.0)),
    )
    return found.model_copy(update={"summary": unit_summary(asked, found)})


def find_block(asked: Asked, unit: str) -> Block:
    """Return the units of the Problem behind an id; of a split unit those of the seat that holds most of it."""
    case = asked.case
    table = UnitTable(case.units, case.attributes, np.arange(len(case.units)) + 1, "")
    rows = table.rows_of(unit)
    if rows is None or len(rows) > 1:
        several = "" if rows is None else ", ".join(table.ids[row] for row in rows)
        message = f"{unit} means several units: {several}." if several else f"There is no unit {unit}."
        hint = (
            f"Maybe {table.ids[rows[0]]}." if rows is not None else table.offers.hint(unit, "Maybe look into plan.csv.")
        )
        raise InputError([Finding(Level.ERROR, "unknown-unit", message, hint, field="--unit", value=unit)])
    row, owner = int(rows[0]), asked.answer.plan.owner
    parts = np.flatnonzero(case.row_of == row)
    held = np.bincount(owner[parts], case.share[parts], case.problem.n_reps)
    seat = int(held.argmax())
    own = parts[owner[parts] == seat]
    mates = [group for group in case.problem.together if np.isin(own, group).any()]
    units = np.unique(np.concatenate([own, *mates])).astype(np.int32)
    return Block(row, seat, units, float(held[seat]))


def _with_own(asked: Asked, block: Block, seat: int) -> IntArray:
    """Return the units with what a seat has of a split one already: equal parts could be exchanged for nothing."""
    case, owner = asked.case, asked.answer.plan.owner
    own = np.flatnonzero((case.row_of == block.row) & (owner == seat))
    return np.union1d(block.units, own).astype(np.int32)


def _candidates(asked: Asked, block: Block, allowed: BoolArray) -> list[CandidateFigure]:
    answer, problem = asked.answer, asked.case.problem
    now = terms(answer, block.units, block.seat)
    more = {}
    for seat in range(problem.n_reps):
        if seat != block.seat:
            there = terms(answer, block.units, seat)
            more[seat] = {goal: there[goal] - now[goal] for goal in now}
    order = sorted(more, key=lambda seat: (not allowed[seat], sum(more[seat].values()), seat))
    return [_candidate(asked, block, seat, more[seat], bool(allowed[seat])) for seat in order[:MOST_CANDIDATES]]


def _candidate(asked: Asked, block: Block, seat: int, more: dict[str, float], allowed: bool) -> CandidateFigure:
    broken = _newly_broken(asked, block, seat) if allowed else []
    said = [f"{rule.where}: {rule.cause}" for rule in broken_figures(asked.case, broken)]
    return CandidateFigure(
        territory=asked.case.seats[seat].code,
        rep=rep_id(asked.answer, seat),
        km=mean_km(asked.answer, block.units, seat),
        terms=more,
        allowed=allowed,
        rules=list(dict.fromkeys(rule.rule for rule in broken)),
        obstacles=said if allowed else [exclusion(asked, block.units, seat)],
    )


def _newly_broken(asked: Asked, block: Block, seat: int) -> list[BrokenRule]:
    """Return the rules that moving the units alone would break and the plan does not."""
    answer = asked.answer
    moved = judge(asked.case.problem, answer.plan.move(block.units, seat))
    known = {(rule.rule, rule.reps, rule.measure) for rule in answer.score.broken}
    return [rule for rule in moved.broken if (rule.rule, rule.reps, rule.measure) not in known]


def _worth_solving(asked: Asked, block: Block, allowed: BoolArray) -> list[int]:
    """Return the seats to solve a swap for: those whose territories touch the units first, then by what they add."""
    problem, answer = asked.case.problem, asked.answer
    near = {int(seat) for unit in block.units for seat in answer.plan.owner[problem.graph.neighbours(int(unit))]}
    near |= set(around(problem, answer.plan, {block.seat}).tolist())
    seats = [seat for seat in np.flatnonzero(allowed).tolist() if seat != block.seat]
    cost = {seat: sum(terms(answer, block.units, seat).values()) for seat in seats}
    return sorted(seats, key=lambda seat: (seat not in near, cost[seat], seat))[:MOST_SWAPS]


def _swap_figure(asked: Asked, block: Block, found: Swap) -> SwapFigure:
    answer, case = asked.answer, asked.case
    possible, judged = not found.score.broken, judge(case.problem, answer.plan)
    goals = zip(found.score.goals, judged.goals, strict=True)
    changes = {after.name: after.weight * (after.amount - before.amount) for after, before in goals}
    return SwapFigure(
        territory=case.seats[found.rep].code,
        rep=rep_id(answer, found.rep),
        possible=possible,
        cost=found.score.value - judged.value if possible else None,
        proven=found.proven,
        terms=changes if possible else {},
        moves=_moves(asked, block, found) if possible else [],
        territories=[case.seats[seat].code for seat in found.reps],
    )


def _moves(asked: Asked, block: Block, found: Swap) -> list[MoveFigure]:
    """Return what changes hands, the explained unit first."""
    case, before, after = asked.case, asked.answer.plan.owner, found.plan.owner
    texts = case.units[["unit", "name"]].astype(str).to_numpy().tolist()
    shares: dict[tuple[int, int, int], float] = {}
    for unit in np.flatnonzero(before != after).tolist():
        key = (int(case.row_of[unit]), int(before[unit]), int(after[unit]))
        shares[key] = shares.get(key, 0.0) + float(case.share[unit])
    order = sorted(shares, key=lambda key: (key[0] != block.row, key))
    codes = [seat.code for seat in case.seats]
    return [
        MoveFigure(unit=texts[row][0], name=texts[row][1], share=shares[row, of, to], of=codes[of], to=codes[to])
        for row, of, to in order
    ]


def _binding(asked: Asked, block: Block, allowed: BoolArray) -> list[str]:
    """Return the rules that settle or tie the owner of the units."""
    case = asked.case
    said = []
    if (case.problem.locked[block.units] != UNLOCKED).any():
        reason = str(case.units["reason"].iloc[block.row])
        said.append(f"a lock holds it{f': {reason}' if reason else ''}")
    ids = unit_ids(case, block.units.tolist())
    if len(ids) > 1:
        said.append(f"it stays together with {', '.join(name for name in ids if name != ids[0])}")
    if int(allowed.sum()) == 1:
        said.append("no other rep may own it")
    return said
