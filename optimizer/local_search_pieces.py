"""Kernel parts: how many connected pieces a territory gains or loses with a unit."""

import numpy as np

from optimizer.compiled import inner
from optimizer.local_search_state import SearchState


@inner
def piece_loss(s: SearchState, unit: int) -> int:
    """Return the change in the owner's pieces when it gives the unit away: -1, 0, or more where the unit links them."""
    rep = s.owner[unit]
    found = 0
    s.stamp[0] += 1
    wanted = s.stamp[0]
    start = -1
    for i in range(s.indptr[unit], s.indptr[unit + 1]):
        other = s.indices[i]
        if s.owner[other] == rep:
            s.mark[other] = wanted
            found += 1
            start = other
    if found <= 1:
        return found - 1
    if _touching(s, start, found, wanted):
        return 0
    return _components_of_marked(s, unit, rep, wanted) - 1


@inner
def piece_gain(s: SearchState, unit: int, rep: int) -> int:
    """Return the change in a rep's pieces when it gets the unit: 1, 0, or less where the unit joins pieces."""
    found = 0
    s.stamp[0] += 1
    wanted = s.stamp[0]
    for i in range(s.indptr[unit], s.indptr[unit + 1]):
        other = s.indices[i]
        if s.owner[other] == rep:
            s.mark[other] = wanted
            found += 1
    if found == 0:
        return 1
    if found == 1 or s.pieces[rep, s.part[unit]] == 1:
        return 0
    return 1 - _components_of_marked(s, unit, rep, wanted)


@inner
def _touching(s: SearchState, start: int, found: int, wanted: int) -> bool:
    """Return whether the marked units hang together by links among themselves; leaves them marked."""
    s.queue[0] = start
    s.mark[start] = -wanted
    tail = 1
    head = 0
    while head < tail:
        here = s.queue[head]
        head += 1
        for i in range(s.indptr[here], s.indptr[here + 1]):
            other = s.indices[i]
            if s.mark[other] == wanted:
                s.mark[other] = -wanted
                s.queue[tail] = other
                tail += 1
    for j in range(tail):
        s.mark[s.queue[j]] = wanted
    return tail == found


@inner
def _components_of_marked(s: SearchState, unit: int, rep: int, wanted: int) -> int:
    """Return in how many pieces of the rep's territory without `unit` its marked neighbours lie."""
    s.stamp[0] += 1
    seen = s.stamp[0]
    left = 0
    for i in range(s.indptr[unit], s.indptr[unit + 1]):
        if s.mark[s.indices[i]] == wanted:
            left += 1
    components = 0
    for i in range(s.indptr[unit], s.indptr[unit + 1]):
        if s.mark[s.indices[i]] == wanted:
            components += 1
            left -= _flood(s, s.indices[i], unit, rep, wanted, seen, left)
            if left == 0:
                break
    return components


@inner
def _flood(s: SearchState, start: int, unit: int, rep: int, wanted: int, seen: int, left: int) -> int:
    """Walk the rep's units from `start` around `unit`; return how many marked ones were met, stopping at `left`."""
    met = 1
    s.mark[start] = seen
    s.queue[0] = start
    head = 0
    tail = 1
    while head < tail and met < left:
        here = s.queue[head]
        head += 1
        for i in range(s.indptr[here], s.indptr[here + 1]):
            other = s.indices[i]
            if s.owner[other] == rep and s.mark[other] != seen and other != unit:
                if s.mark[other] == wanted:
                    met += 1
                s.mark[other] = seen
                s.queue[tail] = other
                tail += 1
    return met
