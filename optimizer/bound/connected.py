"""Kernel parts: which blocks can still hang together with those decided, and where a choice falls to pieces."""

import numpy as np

from optimizer.bound.choice import NONE, OPEN, Choice
from optimizer.compiled import inlined, inner


@inner
def reach_from_fixed(s: Choice, candidates: int) -> bool:
    """Mark the candidates that a choice with the fixed ones may hold; return whether these can hang together.

    In a part without a fixed block all candidates are within reach.
    """
    forget_reached(s, candidates)
    for i in range(candidates):
        item = s.items[i].candidate
        part = s.items[item].part
        if s.items[item].fixed == 1 and part != NONE and s.items[item].seen == 0:
            if s.items[part].start != NONE:
                return False
            s.items[part].start = item
            flood(s, item, False)
    for i in range(candidates):
        item = s.items[i].candidate
        part = s.items[item].part
        if part == NONE or s.items[part].start == NONE:
            s.items[item].seen = 1
    return True


@inlined
def forget_reached(s: Choice, candidates: int) -> None:
    """Begin with no candidate reached and no part begun."""
    for i in range(candidates):
        item = s.items[i].candidate
        s.items[item].seen = 0
        if s.items[item].part != NONE:
            s.items[s.items[item].part].start = NONE


@inner
def flood(s: Choice, start: int, held: bool) -> int:
    """Mark the blocks that hang together with one through blocks not left (or `held`), and queue them."""
    s.items[start].seen = 1
    s.items[0].queue = start
    head, tail = 0, 1
    while head < tail:
        here = s.items[head].queue
        head += 1
        for i in range(s.items[here].links, s.items[here + 1].links):
            other = s.links[i]
            through = s.items[other].held == 1 if held else s.items[other].fixed != 0
            if through and s.items[other].seen == 0:
                s.items[other].seen = 1
                s.items[tail].queue = other
                tail += 1
    return tail


@inner
def link(s: Choice, candidates: int, most: float) -> bool:
    """Find the cheapest ways to what is decided, by reduced costs; return whether that is linked for less than `most`.

    Decided are the fixed ones and those that cost `most` to leave. Where a part has none all ways are free.
    """
    start_links(s, candidates, most)
    head, tail, size = 0, 0, len(s.items)
    for i in range(candidates):
        item = s.items[i].candidate
        if s.items[item].part == NONE or s.items[s.items[item].part].start == NONE:
            s.items[item].way = 0.0
        elif s.items[s.items[item].part].start == item:
            s.items[item].way, s.items[item].queued = 0.0, 1
            s.items[tail].queue = item
            tail += 1
    while head != tail:
        here = s.items[head].queue
        head = (head + 1) % size
        s.items[here].queued = 0
        for i in range(s.items[here].links, s.items[here + 1].links):
            other = s.links[i]
            way = s.items[here].way
            if s.items[other].fixed == OPEN and s.items[other].seen == 1:
                way += max(s.items[other].reduced, 0.0)
            elif s.items[other].fixed != 1:
                continue
            if way < most and way < s.items[other].way:
                s.items[other].way = way
                if s.items[other].queued == 0:
                    s.items[other].queued = 1
                    s.items[tail].queue = other
                    tail = (tail + 1) % size
    for i in range(candidates):
        item = s.items[i].candidate
        if decided(s, item, most) and s.items[item].way >= most:
            return False
    return True


@inlined
def start_links(s: Choice, candidates: int, most: float) -> None:
    """Begin each part at one of its decided blocks, or NONE."""
    for i in range(candidates):
        item = s.items[i].candidate
        s.items[item].way, s.items[item].queued = np.inf, 0
        if s.items[item].part != NONE:
            s.items[s.items[item].part].start = NONE
    for i in range(candidates):
        item = s.items[i].candidate
        if s.items[item].part != NONE and decided(s, item, most):
            s.items[s.items[item].part].start = item


@inlined
def decided(s: Choice, item: int, most: float) -> bool:
    """Return whether a choice that costs less than `most` above the relaxation has a block."""
    if s.items[item].fixed == OPEN:
        return bool(s.items[item].seen == 1 and s.items[item].reduced <= -most)
    return bool(s.items[item].fixed == 1)


@inner
def loose_end(s: Choice, candidates: int) -> int:
    """Return an open block by which to split a held choice that does not hang together, or NONE where it does.

    That is the block from which its main piece is grown, then the cheapest one beside the piece.
    """
    choose_starts(s, candidates)
    for i in range(candidates):
        item = s.items[i].candidate
        part = s.items[item].part
        if s.items[item].held == 1 and part != NONE and s.items[item].seen == 0:
            start = s.items[part].start
            if s.items[start].seen == 0:
                flood(s, start, True)
            if s.items[item].seen == 0:
                return int(start) if s.items[start].fixed == OPEN else int(beside(s, start, candidates))
    return NONE


@inlined
def choose_starts(s: Choice, candidates: int) -> None:
    """Choose for each part the held block from which its main piece is grown: a fixed one, the largest of these."""
    forget_reached(s, candidates)
    for i in range(candidates):
        item = s.items[i].candidate
        if s.items[item].held == 1 and s.items[item].part != NONE:
            start = s.items[s.items[item].part].start
            if start == NONE or before(s, item, start):
                s.items[s.items[item].part].start = item


@inlined
def before(s: Choice, item: int, other: int) -> bool:
    """Return whether a block is fixed and another is not, or larger."""
    if s.items[item].fixed != s.items[other].fixed:
        return bool(s.items[item].fixed == 1)
    return bool(s.items[item].size > s.items[other].size)


@inlined
def beside(s: Choice, start: int, candidates: int) -> int:
    """Return the open block of least reduced cost beside the held piece around a start."""
    for i in range(candidates):
        s.items[s.items[i].candidate].seen = 0
    tail = flood(s, start, True)
    best, least = NONE, np.inf
    for j in range(tail):
        here = s.items[j].queue
        for i in range(s.items[here].links, s.items[here + 1].links):
            other = s.links[i]
            if s.items[other].fixed == OPEN and s.items[other].seen == 0 and s.items[other].reduced < least:
                best, least = other, s.items[other].reduced
    return int(best)
