"""Whether whole territories fit into each piece of the map: with contiguity required, a territory lies in one piece."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.explain.components import Components
from optimizer.explain.facts import Facts
from optimizer.explain.wording import conflict, load_conflict, said
from optimizer.graph import IntArray
from optimizer.problem import BoolArray, LoadArray
from optimizer.result import Reason


@dataclass(frozen=True, eq=False)
class Piece:
    """Connected units of one part, and who can have them.

    Attributes
    ----------
    units : (n,) int32
    load : (n_measures,) int64
    elsewhere : (n_measures,) int64
        Load of everything outside the part, which the same territories may hold as well.
    certain, possible : (n_reps,) bool
        Reps that own something here in every plan, and others that can.
    """

    units: IntArray
    load: LoadArray
    elsewhere: LoadArray
    certain: BoolArray
    possible: BoolArray


def check_pieces(facts: Facts) -> Iterator[Reason]:
    """Yield proofs about pieces that no whole number of territories fits, one by one and all together."""
    for part in _parts(facts):
        counts = [fitting_counts(facts, piece) for piece in part]
        wrong = [piece for piece, count in zip(part, counts, strict=True) if not count]
        for piece in wrong:
            yield _misfit(facts, piece)
        if not wrong:
            yield from _count(facts, part, counts)


def fitting_counts(facts: Facts, piece: Piece) -> list[int]:
    """Return the numbers of territories whose smallest and largest loads together leave room for the piece's."""
    first = max(int(piece.certain.sum()), 1)
    last = int(piece.certain.sum() + piece.possible.sum())
    least, most = _sums(facts, piece)
    fits = (least - piece.elsewhere[:, None] <= piece.load[:, None]) & (piece.load[:, None] <= most)
    return [count for count in range(first, last + 1) if fits[:, count].all()]


def _sums(facts: Facts, piece: Piece) -> tuple[LoadArray, LoadArray]:
    """Return the least sum of low ends and the largest of high ends by number of reps, (n_measures, 1 + n) int64."""
    low, high = facts.ranges.low, facts.ranges.high
    least = np.sort(low[:, piece.possible], axis=1)
    most = -np.sort(-high[:, piece.possible], axis=1)
    return _growing(low[:, piece.certain], least), _growing(high[:, piece.certain], most)


def _growing(certain: LoadArray, others: LoadArray) -> LoadArray:
    """Return sums of all the first columns and then one more each, with nonsense (never asked for) before."""
    nothing = np.zeros((len(certain), 1), dtype=np.int64)
    return np.cumsum(np.concatenate([nothing, certain, others], axis=1), axis=1)


def _parts(facts: Facts) -> Iterator[list[Piece]]:
    """Yield the pieces of each part."""
    problem, components = facts.problem, Components(facts.problem)
    label = components.labels(components.required)
    total = problem.load.sum(axis=1)
    for part in np.unique(problem.part[components.required]).tolist():
        in_part = components.required & (problem.part == part)
        elsewhere = total - problem.load[:, in_part].sum(axis=1)
        heads = np.unique(label[in_part]).tolist()
        anchors = _anchors(facts, label, in_part)
        yield [
            _piece(facts, np.flatnonzero(label == head).astype(np.int32), elsewhere, anchors, head) for head in heads
        ]


def _piece(facts: Facts, units: IntArray, elsewhere: LoadArray, anchors: IntArray, head: int) -> Piece:
    certain = anchors == head
    possible = facts.unit_fits[units].any(axis=0) & (anchors < 0)
    return Piece(units, facts.problem.load[:, units].sum(axis=1), elsewhere, certain, possible)


def _anchors(facts: Facts, label: IntArray, in_part: BoolArray) -> IntArray:
    """Return the piece of the part in which each rep certainly owns a unit, or -1."""
    anchor = np.full(facts.problem.n_reps, -1, dtype=np.int32)
    owned = np.flatnonzero(in_part & (facts.certain >= 0))
    anchor[facts.certain[owned]] = label[owned]
    for rep, home in enumerate(facts.problem.home_units):
        if len(home) and in_part[home].all() and len(set(label[home].tolist())) == 1:
            anchor[rep] = label[home[0]]
    return anchor


def _misfit(facts: Facts, piece: Piece) -> Reason:
    """Return why no number of territories fits a piece, by the measure that is furthest off where one is enough."""
    least, most = _sums(facts, piece)
    first = max(int(piece.certain.sum()), 1)
    count = int(piece.certain.sum() + piece.possible.sum())
    subject = "it has" if len(piece.units) == 1 else f"these {len(piece.units)} units have"
    cut_off = f"{subject} no link to others, and"
    if count == 0:
        text = f"{cut_off} no rep may have them"
        return conflict("contiguity", len(piece.units), 0, text, units=piece.units)
    for measure, load in enumerate(piece.load.tolist()):
        need = int(least[measure, first] - piece.elsewhere[measure])
        name = facts.problem.measures[measure]
        if load < need:
            text = f"{cut_off} {{load}} of {name}, but a territory needs at least {{limit}}"
            return load_conflict(facts, "contiguity", measure, (load, need), text, units=piece.units)
        if load > most[measure, count]:
            text = f"{cut_off} {{load}} of {name}, but the reps who may have them can hold at most {{limit}}"
            loads = (load, most[measure, count])
            return load_conflict(facts, "contiguity", measure, loads, text, units=piece.units)
    return _between(facts, piece, cut_off)


def _between(facts: Facts, piece: Piece, cut_off: str) -> Reason:
    """Return a misfit between two numbers of territories, told by the measure that has most of its range left."""
    least, most = _sums(facts, piece)
    measure = 0
    for row in range(len(piece.load)):
        counts = np.flatnonzero((least[row] - piece.elsewhere[row] <= piece.load[row]) & (piece.load[row] <= most[row]))
        if not len(counts[counts > 0]):
            measure = row
    load, name = int(piece.load[measure]), facts.problem.measures[measure]
    few = int(np.flatnonzero(most[measure] < load).max(initial=0))
    limit = int(most[measure, few]) if few else int(least[measure, 1])
    more = min(few + 1, least.shape[1] - 1)
    text = (
        f"{cut_off} {{load}} of {name}, which no whole number of territories fits: {few} hold at most {{limit}}, "
        f"{more} need at least {said(facts, measure, least[measure, more])}"
    )
    if least[measure, more] <= load:
        text = f"{cut_off} {{load}} of {name}, and no whole number of territories fits all their measures at once"
    return load_conflict(facts, "contiguity", measure, (load, limit), text, units=piece.units)


def _count(facts: Facts, part: list[Piece], counts: list[list[int]]) -> Iterator[Reason]:
    """Yield a proof where the pieces together ask for more territories than there are, or for fewer."""
    n_reps = facts.problem.n_reps
    need = sum(min(count) for count in counts)
    if need > n_reps:
        text = f"the map falls into {len(part)} pieces that need {need} territories, but there are {n_reps}"
        yield conflict("contiguity", need, n_reps, text)
    everywhere = sum(len(piece.units) for piece in part) == facts.problem.n_units
    room = sum(max(count) for count in counts)
    if everywhere and room < n_reps:
        text = f"the map falls into {len(part)} pieces with room for {room} territories, but there are {n_reps}"
        yield conflict("contiguity", n_reps, room, text)
