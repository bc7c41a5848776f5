"""Kernel parts: carrying a block from one rep to another and back, with all running totals."""

import numpy as np

from optimizer.compiled import inner
from optimizer.local_search_cost import NONE, center_cost, moved_change
from optimizer.local_search_pieces import piece_gain, piece_loss
from optimizer.local_search_state import SearchState


@inner
def carry(s: SearchState, block: int, rep: int) -> float:
    """Give a block to a rep in everything but the totals of `settle`; return the cost of excess preferred pieces."""
    soft = 0.0
    before = s.owner[s.block_units[s.block_start[block]]]
    s.broken[0] += int(s.allowed[block, before]) - int(s.allowed[block, rep])
    for i in range(s.block_start[block], s.block_start[block + 1]):
        unit = s.block_units[i]
        s.broken[0] += _apart_change(s, unit, rep) + _home_change(s, unit, rep)
        if s.part[unit] != NONE:
            soft += _carry_pieces(s, unit, rep)
        s.owner[unit] = rep
        s.size[before] -= 1
        s.size[rep] += 1
        s.broken[0] += int(s.size[before] == 0) - int(s.size[rep] == 1)
    return soft


@inner
def settle(s: SearchState, block: int, before: int) -> None:
    """Bring loads, budgets and member lists up to date after a block was carried away from rep `before`."""
    rep = s.owner[s.block_units[s.block_start[block]]]
    for measure in range(s.rep_load.shape[1]):
        s.rep_load[before, measure] -= s.load[block, measure]
        s.rep_load[rep, measure] += s.load[block, measure]
    for i in range(s.block_start[block], s.block_start[block + 1]):
        unit = s.block_units[i]
        _relink(s, unit, before, rep)
        for axis in range(3):
            moment = s.center_weight[unit] * s.xyz[unit, axis]
            s.center_sum[before, axis] -= moment
            s.center_sum[rep, axis] += moment
        if s.current[unit] >= 0:
            moved = int(rep != s.current[unit]) - int(before != s.current[unit])
            for budget in range(len(s.budget_used)):
                s.budget_used[budget] += moved * s.budget_weight[budget, unit]


@inner
def settle_center(s: SearchState, rep: int) -> None:
    """Recompute the cost of a rep's distances to its own center."""
    if s.centered[rep]:
        s.center_cost[rep] = center_cost(s, rep, NONE, NONE)


@inner
def _carry_pieces(s: SearchState, unit: int, rep: int) -> float:
    part = s.part[unit]
    before = s.owner[unit]
    excess = -max(0, s.pieces[before, part] - 1) - max(0, s.pieces[rep, part] - 1)
    loss, gain = piece_loss(s, unit), piece_gain(s, unit, rep)
    s.pieces[before, part] += loss
    s.pieces[rep, part] += gain
    excess += max(0, s.pieces[before, part] - 1) + max(0, s.pieces[rep, part] - 1)
    if s.part_required[part]:
        s.broken[0] += excess
        return 0.0
    return excess * s.piece_price[0]


@inner
def _apart_change(s: SearchState, unit: int, rep: int) -> int:
    change = 0
    for i in range(s.apart_start[unit], s.apart_start[unit + 1]):
        group = s.apart_group[i]
        for j in range(s.group_start[group], s.group_start[group + 1]):
            other = s.group_units[j]
            if other != unit:
                change += int(s.owner[other] == rep) - int(s.owner[other] == s.owner[unit])
    return change


@inner
def _home_change(s: SearchState, unit: int, rep: int) -> int:
    change = 0
    for i in range(s.home_start[unit], s.home_start[unit + 1]):
        home_rep = s.home_rep[i]
        if home_rep == s.owner[unit]:
            s.home_count[home_rep] -= 1
            change += int(s.home_count[home_rep] == 0)
        elif home_rep == rep:
            s.home_count[home_rep] += 1
            change -= int(s.home_count[home_rep] == 1)
    return change


@inner
def _relink(s: SearchState, unit: int, before: int, rep: int) -> None:
    """Take a unit out of one rep's list and put it at the head of another's."""
    if s.previous[unit] == NONE:
        s.first[before] = s.next[unit]
    else:
        s.next[s.previous[unit]] = s.next[unit]
    if s.next[unit] != NONE:
        s.previous[s.next[unit]] = s.previous[unit]
    s.next[unit] = s.first[rep]
    s.previous[unit] = NONE
    if s.first[rep] != NONE:
        s.previous[s.first[rep]] = unit
    s.first[rep] = unit
