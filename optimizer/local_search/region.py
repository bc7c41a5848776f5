"""A kernel that narrows the search to the territories around one rep."""

from optimizer.compiled import kernel
from optimizer.local_search.state import NONE, SearchState


@kernel
def activate_around(s: SearchState, rep: int, hops: int) -> int:
    """Activate the units of all territories within some hops of a rep's; return how many reps these are.

    Units are listed territory by territory, so neighbours in the list are near on the map.
    """
    s.common[0].stamp += 1
    seen = s.common[0].stamp
    s.reps[rep].mark = seen
    s.reps[0].queue = rep
    head, tail, active = 0, 1, 0
    for hop in range(hops + 1):
        end = tail
        while head < end:
            here = s.reps[head].queue
            head += 1
            unit = s.reps[here].first
            while unit != NONE:
                s.units[active].nth = unit
                active += 1
                for i in range(s.units[unit].links, s.units[unit + 1].links):
                    other = s.units[s.lists[i]].owner
                    if hop < hops and s.reps[other].mark != seen:
                        s.reps[other].mark = seen
                        s.reps[tail].queue = other
                        tail += 1
                unit = s.units[unit].next
    s.common[0].active = active
    return tail
