"""Whether each rep finds enough of every measure within reach, and in a mix that all the rep's limits allow."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np

from optimizer.explain.components import OUTSIDE, Components
from optimizer.explain.facts import Facts
from optimizer.explain.mix import by_rate, most_gain
from optimizer.explain.wording import conflict, load_conflict, said
from optimizer.graph import IntArray
from optimizer.problem import BoolArray
from optimizer.result import Reason

MARGIN = 1e-9
"""Share by which a computed amount may be too small for floating-point reasons."""


def check_reach(facts: Facts) -> Iterator[Reason]:
    """Yield a proof for every rep who lacks something; one of no rep in particular where all lack the same."""
    reach = _Reach(facts)
    found = [reach.lack(rep) for rep in range(facts.problem.n_reps)]
    reasons = [reason for reason in found if reason is not None]
    if len(reasons) == len(found) > 1 and len({(reason.measure, reason.text) for reason in reasons}) == 1:
        yield replace(reasons[0], reps=())
    else:
        yield from reasons


class _Reach:
    """What each rep can own at most: a selection of units for each connected region the territory may lie in."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._components = Components(facts.problem)
        self._mine = np.ascontiguousarray(facts.unit_fits.T)
        self._parts = np.unique(facts.problem.part[self._components.required]).tolist()
        self._mixes = _mixes(facts)
        self._seen: dict[bytes, list[tuple[IntArray, IntArray]]] = {}
        self._enough: set[tuple[bytes, ...]] = set()

    def lack(self, rep: int) -> Reason | None:
        """Return why a rep can't fill a territory: everything fails, or everything in one part."""
        mine = self._mine[rep]
        whole = self._short(rep, mine, "within reach")
        if whole is not None or not self._facts.ranges.low[:, rep].any():
            return whole
        for part, (label, heads) in zip(self._parts, self._regions(mine), strict=True):
            if len(heads) > 1:
                found = self._apart(rep, part, label) or self._short_everywhere(rep, part, label, heads)
                if found is not None:
                    return found
        return None

    def _apart(self, rep: int, part: int, label: IntArray) -> Reason | None:
        """Return that units which only this rep may have cannot be connected."""
        facts = self._facts
        units = np.flatnonzero((facts.certain == rep) & (label != OUTSIDE) & (facts.problem.part == part))
        count = len(np.unique(label[units]))
        if count < 2:
            return None
        text = f"units that nobody else may have lie in {count} pieces that no units the rep may have connect"
        return conflict("contiguity", count, 1, text, units=units, reps=[rep])

    def _short_everywhere(self, rep: int, part: int, label: IntArray, heads: IntArray) -> Reason | None:
        """Return what a rep lacks least, where something is lacking in every region of a part."""
        reasons = []
        for region in self._choices(rep, part, label, heads):
            reason = self._short(rep, region, "connected and within reach")
            if reason is None:
                return None
            reasons.append(reason)
        return min(reasons, key=lambda reason: reason.limit - reason.amount, default=None)

    def _regions(self, mine: BoolArray) -> list[tuple[IntArray, IntArray]]:
        """Return for each part the labels of the rep's units there and the labels in use."""
        key = np.packbits(mine).tobytes()
        if key not in self._seen:
            label = self._components.labels(mine)
            part = self._facts.problem.part
            inside = [np.where(part == p, label, OUTSIDE).astype(np.int32) for p in self._parts]
            self._seen[key] = [(row, _largest_first(row[row != OUTSIDE])) for row in inside]
        return self._seen[key]

    def _choices(self, rep: int, part: int, label: IntArray, heads: IntArray) -> Iterator[BoolArray]:
        """Yield what a rep can own at most for each component, or none, that the territory may use in one part."""
        facts = self._facts
        mine, in_part = self._mine[rep], self._components.required & (facts.problem.part == part)
        anchors = set(label[(facts.certain == rep) & in_part].tolist())
        home = facts.problem.home_units[rep]
        if not anchors and len(home) and in_part[home].all():
            heads = heads[np.isin(heads, label[home])]
        for head in heads.tolist():
            if anchors <= {head}:
                yield (mine & ~in_part) | (label == head)
        if not anchors and not (len(home) and in_part[home].all()):
            yield mine & ~in_part

    def _short(self, rep: int, region: BoolArray, where: str) -> Reason | None:
        """Return what a rep lacks whose territory lies in a region; reps alike are looked at once."""
        ranges = self._facts.ranges
        key = (np.packbits(region).tobytes(), ranges.low[:, rep].tobytes(), ranges.high[:, rep].tobytes())
        if key in self._enough:
            return None
        reason = self._poor(rep, region, where) or self._one_sided(rep, region, where)
        if reason is None:
            self._enough.add(key)
        return reason

    def _poor(self, rep: int, region: BoolArray, where: str) -> Reason | None:
        """Return that a region as a whole has too little of a measure."""
        facts, ranges = self._facts, self._facts.ranges
        for measure, low in enumerate(ranges.low[:, rep].tolist()):
            load = int(facts.problem.load[measure, region].sum())
            if load < low:
                text = f"all units {where} have {{load}}, at least {{limit}} is needed"
                rule = ranges.low_rule(measure, rep)
                return load_conflict(facts, rule, measure, (load, low), text, reps=[rep])
        return None

    def _one_sided(self, rep: int, region: BoolArray, where: str) -> Reason | None:
        """Return that a region has too little of one measure for what it has of another."""
        for capped, wanted, order in self._mixes:
            reason = self._thin(rep, region, (capped, wanted), order, where)
            if reason is not None:
                return reason
        return None

    def _thin(self, rep: int, region: BoolArray, pair: tuple[int, int], order: IntArray, where: str) -> Reason | None:
        """Return that too little of one measure comes with as much of another as the rep may hold."""
        facts, (capped, wanted) = self._facts, pair
        high, low = facts.ranges.high[capped, rep], facts.ranges.low[wanted, rep]
        if low <= 0:
            return None
        order = order[region[order]]
        weight, gain = facts.problem.load[[capped, wanted]][:, order].astype(np.float64)
        best = most_gain(weight, gain, float(high))
        if best * (1 + MARGIN) + 1 >= low:
            return None
        name, most = facts.problem.measures[capped], said(facts, capped, high)
        text = (
            f"however chosen, units {where} with {most} of {name}, the most allowed, bring at most {{load}}, "
            f"at least {{limit}} is needed"
        )
        rule = facts.ranges.low_rule(wanted, rep)
        return load_conflict(facts, rule, wanted, (best, low), text, reps=[rep])


def _mixes(facts: Facts) -> Sequence[tuple[int, int, IntArray]]:
    """Return each ordered pair of measures with the units by what they bring of the second for the first."""
    mixes = []
    for capped, wanted in permutations(range(len(facts.problem.measures)), 2):
        if facts.ranges.low[wanted].any():
            weight, gain = facts.problem.load[capped].astype(np.float64), facts.problem.load[wanted].astype(np.float64)
            mixes.append((capped, wanted, by_rate(weight, gain)))
    return mixes


def _largest_first(labels: IntArray) -> IntArray:
    """Return the labels in use by falling number of units."""
    heads, counts = np.unique(labels, return_counts=True)
    return heads[np.argsort(-counts, kind="stable")]
