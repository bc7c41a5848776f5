"""What to decide next: the one whose two answers raise the bound most, tried out or learnt from earlier."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from optimizer.costs import balance_reference
from optimizer.exact.relaxation import Fixed, Fractions, Relaxation
from optimizer.problem import Problem
from optimizer.result import Stop

WHOLE = 1e-3
"""Distance from 0 and 1 up to which a share counts as whole."""
TRIED = 8
"""Questions looked at, those with the largest fractions of large units first."""
KNOWN_AFTER = 2
"""Trials of an answer after which its mean is believed."""
LEAST_RISE = 1e-4
"""Rise that counts where an answer brings none, as a share of what is left to the target."""
HIGHEST_RISE = 2.0
"""Rise up to which more counts, likewise: beyond 1 the answer is out of the question."""
FEWEST = 0.05
"""Least distance that a rise is divided by."""


class Question(NamedTuple):
    """What to decide next: a pair, or how many twins a rep has.

    Attributes
    ----------
    place : int
        In the relaxation.
    value : float
        What its fractions say.
    asked : (int, int)
        The same whichever relaxation asks: unit and rep, or group of twins (from -1 downwards) and rep.
    """

    place: int
    value: float
    asked: tuple[int, int]


class Brancher:
    """Chooses pairs and counts, and remembers what deciding them brought.

    Source: reliability branching, Achterberg, Koch and Martin 2005, "Branching rules revisited".

    Parameters
    ----------
    problem : Problem
    twins : list of groups of units
        Those that the relaxation counts. Who has which of them is asked last.
    """

    def __init__(self, problem: Problem, twins: Sequence[tuple[int, ...]]) -> None:
        self._size = (problem.load / balance_reference(problem).max(axis=1)[:, None]).max(axis=0)
        self._twin_size = np.array([self._size[group[0]] for group in twins])
        for group in twins:
            self._size[list(group)] = 0.0
        self._rise: dict[tuple[int, int, bool], list[float]] = {}

    def split(
        self, relaxation: Relaxation, now: Fractions, fixed: Fixed, target: float, stop: Stop
    ) -> list[tuple[float, Fixed]]:
        """Return what follows from both answers to one question, each with a bound; nothing where all is whole.

        Where `stop` became true what comes back means nothing.
        """
        best: tuple[float, list[tuple[float, Fixed]]] = (-1.0, [])
        room = max(target - now.bound, 1e-12)
        for question in self._questions(relaxation, now):
            if stop():
                break
            answers, merit = [], 1.0
            for more in (True, False):
                decided = fixed | _decided(relaxation, question, more, fixed)
                bound, rise = self._try(relaxation, now, question, more, decided, room)
                answers.append((bound, decided))
                merit *= min(max(rise, LEAST_RISE), HIGHEST_RISE)
            if merit > best[0]:
                best = merit, answers
            if any(bound >= target for bound, _ in answers):
                return answers
        return best[1]

    def _questions(self, relaxation: Relaxation, now: Fractions) -> Iterator[Question]:
        """Yield what is least whole, of the largest units first."""
        choices, counted = relaxation.choices, np.array(relaxation.counted, dtype=np.int64).reshape(-1, 2)
        value = np.concatenate([now.share, now.counts])
        size = np.concatenate([self._size[choices.units], self._twin_size[counted[:, 0]]])
        weight = np.abs(value - np.round(value))
        weight[weight < WHOLE] = 0.0
        weight *= size + 1e-9
        for nth in np.argsort(-weight, kind="stable")[:TRIED].tolist():
            if weight[nth] > 0.0 and nth < len(now.share):
                yield Question(nth, float(value[nth]), (int(choices.units[nth]), int(choices.reps[nth])))
            elif weight[nth] > 0.0:
                group, rep = counted[nth - len(now.share)].tolist()
                yield Question(relaxation.first_count + nth - len(now.share), float(value[nth]), (-1 - group, rep))

    def _try(
        self, relaxation: Relaxation, now: Fractions, question: Question, more: bool, decided: Fixed, room: float
    ) -> tuple[float, float]:
        """Return a bound and by how much of the room it rises, as computed or as it did on average before."""
        value = question.value
        distance = max(math.ceil(value) - value if more else value - math.floor(value), FEWEST)
        known = self._rise.setdefault((*question.asked, more), [])
        if len(known) >= KNOWN_AFTER:
            return now.bound, float(np.mean(known)) * distance / room
        bound = max(relaxation.bound(decided), now.bound)
        known.append(min(bound - now.bound, HIGHEST_RISE * room) / distance)
        return float(bound), float(bound - now.bound) / room


def _decided(relaxation: Relaxation, question: Question, more: bool, fixed: Fixed) -> Fixed:
    """Return all that one answer decides: a unit given to one rep is not given to others."""
    place, choices = question.place, relaxation.choices
    if place >= relaxation.first_count:
        least, most = fixed.get(place, relaxation.ends(place))
        return {place: (math.ceil(question.value), most) if more else (least, math.floor(question.value))}
    unit = int(choices.units[place])
    others = choices.column[unit][choices.column[unit] >= 0].tolist() if more else []
    return dict.fromkeys(others, (0, 0)) | {place: (int(more), int(more))}
