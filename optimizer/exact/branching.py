"""Which pair to decide next: the one whose two answers raise the bound most, tried out or learnt from earlier."""

from collections.abc import Iterator

import numpy as np

from optimizer.costs import balance_reference
from optimizer.exact.relaxation import Fractions, Relaxation
from optimizer.model.choices import Choices
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

WHOLE = 1e-3
"""Distance from 0 and 1 up to which a share counts as whole."""
TRIED = 8
"""Pairs looked at, those with the largest fractions of large units first."""
KNOWN_AFTER = 2
"""Trials of an answer after which its mean is believed."""
LEAST_RISE = 1e-4
"""Rise that counts where an answer brings none, as a share of what is left to the target."""
HIGHEST_RISE = 2.0
"""Rise up to which more counts, likewise: beyond 1 the answer is out of the question."""
FEWEST = 0.05
"""Least distance that a rise is divided by."""

Fixed = dict[int, int]


class Brancher:
    """Chooses pairs, and remembers what deciding them brought.

    Source: reliability branching, Achterberg, Koch and Martin 2005, "Branching rules revisited".
    """

    def __init__(self, problem: Problem) -> None:
        self._size = (problem.load / balance_reference(problem).max(axis=1)[:, None]).max(axis=0)
        self._rise: dict[tuple[int, int, int], list[float]] = {}

    def split(
        self, relaxation: Relaxation, now: Fractions, fixed: Fixed, target: float, stop: Stop
    ) -> list[tuple[float, Fixed]]:
        """Return what follows from both answers about one pair, each with a bound; nothing where all is whole.

        Where `stop` became true what comes back means nothing.
        """
        best: tuple[float, list[tuple[float, Fixed]]] = (-1.0, [])
        room = max(target - now.bound, 1e-12)
        for place in self._candidates(relaxation.choices, now.share):
            if stop():
                break
            answers, merit = [], 1.0
            for value in (1, 0):
                decided = fixed | _decided(relaxation.choices, place, value)
                bound, rise = self._try(relaxation, now, place, value, decided, room)
                answers.append((bound, decided))
                merit *= min(max(rise, LEAST_RISE), HIGHEST_RISE)
            if merit > best[0]:
                best = merit, answers
            if any(bound >= target for bound, _ in answers):
                return answers
        return best[1]

    def _candidates(self, choices: Choices, share: FloatArray) -> Iterator[int]:
        weight = np.minimum(share, 1.0 - share)
        weight[weight < WHOLE] = 0.0
        weight *= self._size[choices.units] + 1e-9
        places = np.argsort(-weight, kind="stable")[:TRIED]
        yield from places[weight[places] > 0.0].tolist()

    def _try(
        self, relaxation: Relaxation, now: Fractions, place: int, value: int, decided: Fixed, room: float
    ) -> tuple[float, float]:
        """Return a bound and by how much of the room it rises, as computed or as it did on average before."""
        distance = max(abs(value - float(now.share[place])), FEWEST)
        pair = int(relaxation.choices.units[place]), int(relaxation.choices.reps[place])
        known = self._rise.setdefault((*pair, value), [])
        if len(known) >= KNOWN_AFTER:
            return now.bound, float(np.mean(known)) * distance / room
        bound = max(relaxation.bound(decided), now.bound)
        known.append(min(bound - now.bound, HIGHEST_RISE * room) / distance)
        return float(bound), float(bound - now.bound) / room


def _decided(choices: Choices, place: int, value: int) -> Fixed:
    """Return all pairs that one answer decides: a unit given to one rep is not given to others."""
    unit = int(choices.units[place])
    others = choices.column[unit][choices.column[unit] >= 0].tolist() if value else []
    return dict.fromkeys(others, 0) | {place: value}
