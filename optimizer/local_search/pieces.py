"""Kernel parts: how many connected pieces a territory gains or loses with a unit."""

from optimizer.compiled import inlined, inner
from optimizer.local_search.state import NONE, SearchState


@inner
def piece_loss(s: SearchState, unit: int) -> int:
    """Return the change in the owner's pieces when it gives the unit away: -1, 0, or more where the unit links them."""
    rep = s.units[unit].owner
    found, start = mark_neighbours(s, unit, rep)
    if found <= 1:
        return int(found - 1)
    if touching(s, start, found):
        return 0
    return int(components_of_marked(s, unit, rep, found) - 1)


@inner
def piece_gain(s: SearchState, unit: int, rep: int) -> int:
    """Return the change in a rep's pieces when it gets the unit: 1, 0, or less where the unit joins pieces."""
    found, _ = mark_neighbours(s, unit, rep)
    if found == 0:
        return 1
    if found == 1 or s.pieces[rep, s.units[unit].part] == 1:
        return 0
    return int(1 - components_of_marked(s, unit, rep, found))


@inlined
def mark_neighbours(s: SearchState, unit: int, rep: int) -> tuple[int, int]:
    """Mark the unit's neighbours of a rep with a new stamp; return how many there are and one of them."""
    s.common[0].stamp += 1
    wanted = s.common[0].stamp
    found = 0
    start = NONE
    for i in range(s.units[unit].links, s.units[unit + 1].links):
        other = s.lists[i]
        if s.units[other].owner == rep:
            s.units[other].mark = wanted
            found += 1
            start = other
    return found, start


@inlined
def touching(s: SearchState, start: int, found: int) -> bool:
    """Return whether the marked units hang together by links among themselves; leaves them marked."""
    wanted = s.common[0].stamp
    s.units[0].queue = start
    s.units[start].mark = -wanted
    head, tail = 0, 1
    while head < tail:
        here = s.units[head].queue
        head += 1
        for i in range(s.units[here].links, s.units[here + 1].links):
            other = s.lists[i]
            if s.units[other].mark == wanted:
                s.units[other].mark = -wanted
                s.units[tail].queue = other
                tail += 1
    for j in range(tail):
        s.units[s.units[j].queue].mark = wanted
    return tail == found


@inner
def components_of_marked(s: SearchState, unit: int, rep: int, found: int) -> int:
    """Return in how many pieces of the rep's territory without `unit` its marked neighbours lie."""
    wanted = s.common[0].stamp
    s.common[0].stamp += 1
    left = found
    components = 0
    for i in range(s.units[unit].links, s.units[unit + 1].links):
        if s.units[s.lists[i]].mark == wanted:
            components += 1
            left -= flood(s, s.lists[i], unit, rep, wanted, left)
            if left == 0:
                break
    return components


@inner
def flood(s: SearchState, start: int, unit: int, rep: int, wanted: int, left: int) -> int:
    """Walk the rep's units from `start` around `unit`; return how many marked ones were met, stopping at `left`."""
    seen = s.common[0].stamp
    met = 1
    s.units[start].mark = seen
    s.units[0].queue = start
    head, tail = 0, 1
    while head < tail and met < left:
        here = s.units[head].queue
        head += 1
        for i in range(s.units[here].links, s.units[here + 1].links):
            other = s.lists[i]
            if s.units[other].owner == rep and s.units[other].mark != seen and other != unit:
                if s.units[other].mark == wanted:
                    met += 1
                s.units[other].mark = seen
                s.units[tail].queue = other
                tail += 1
    return met
