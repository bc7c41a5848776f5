"""Rule contiguity: exact by separators, most of them found in plans that fall to pieces."""

from collections.abc import Iterable, Iterator

import numpy as np
from ortools.sat.python import cp_model

from optimizer.graph import IntArray
from optimizer.judge.places import piece_of
from optimizer.model.choices import Choices
from optimizer.model.separators import NOWHERE, Separator, Territory, separators_around
from optimizer.plan import Plan
from optimizer.problem import BoolArray, Contiguity, Problem


def add_separators(choices: Choices, separators: Iterable[Separator]) -> None:
    """Add the constraint of every separator whose unit and other the rep could own."""
    for item in separators:
        ends = [unit for unit in (item.unit, item.other) if unit != NOWHERE]
        if not all(choices.possible[unit, item.rep] for unit in ends):
            continue
        crossed = cp_model.LinearExpr.sum(choices.of_rep(item.rep, item.between))
        owned = cp_model.LinearExpr.sum(choices.of_rep(item.rep, ends))
        choices.model.add_linear_constraint(crossed - owned, 1 - len(ends), len(item.between))


def neighbour_separators(problem: Problem, possible: BoolArray) -> Iterator[Separator]:
    """Yield the neighbours of every unit that no rep can be content with alone."""
    for territory in territories(problem, possible):
        for unit in np.flatnonzero(territory.inside).astype(np.int32):
            if territory.must_leave(np.array([unit], dtype=np.int32)):
                between = tuple(territory.beside(int(unit)).tolist())
                yield Separator(territory.rep, int(unit), NOWHERE, between)


def broken_separators(problem: Problem, possible: BoolArray, plan: Plan) -> Iterator[Separator]:
    """Yield separators that a plan breaks, and the like for all reps who could not be content with the same piece.

    Source: minimal separators around a component, as in Fischetti et al. 2017, "Thinning out Steiner trees"; those
    without a second end as in Validi, Buchanan and Lykhovyd 2022, "Imposing contiguity constraints". Without the other
    reps the next plan would leave the piece to one of them: that took nearly twice as long at 100 units x 8 reps.
    """
    for rep, part, piece, other in _loose_pieces(problem, plan):
        yield from separators_around(Territory(problem, possible, rep, part), piece, other)
        for stranger in np.flatnonzero(possible[piece].all(axis=0)).tolist():
            territory = Territory(problem, possible, stranger, part)
            if stranger != rep and territory.must_leave(piece):
                yield from separators_around(territory, piece, NOWHERE)


def _loose_pieces(problem: Problem, plan: Plan) -> Iterator[tuple[int, int, IntArray, int]]:
    """Yield rep, part, piece and a unit of another piece for all territories that fall to pieces."""
    required = problem.contiguity == Contiguity.REQUIRED
    label = piece_of(problem.graph, plan.owner, problem.part, required)
    for rep, part in sorted(set(zip(plan.owner.tolist(), problem.part.tolist(), strict=True))):
        units = np.flatnonzero(required & (plan.owner == rep) & (problem.part == part)).astype(np.int32)
        heads, sizes = np.unique(label[units], return_counts=True)
        if len(heads) < 2:
            continue
        heads = heads[np.argsort(sizes, kind="stable")]
        for head in heads:
            other = heads[-1] if head != heads[-1] else heads[0]
            yield rep, part, units[label[units] == head], int(other)


def territories(problem: Problem, possible: BoolArray) -> Iterator[Territory]:
    """Yield the possible territory of every rep in every part where contiguity is required."""
    required = problem.contiguity == Contiguity.REQUIRED
    for part in np.unique(problem.part[required]).tolist():
        for rep in range(problem.n_reps):
            yield Territory(problem, possible, rep, part)
