"""Separators that fractions of units break: pieces of a rep's units that hang together by too little."""

from collections.abc import Iterator

import numpy as np

from optimizer.costs import balance_reference
from optimizer.model.contiguity import territories
from optimizer.model.separators import NOWHERE, Separator, Territory, separators_around
from optimizer.problem import BoolArray, FloatArray, Problem


class FractionalPieces:
    """Looks at what each rep has more than a little of, at several levels, for pieces apart from the rest.

    Parameters
    ----------
    problem : Problem
    allowed : (n_units, n_reps) bool
        Separators hold for all plans over these pairs.
    """

    def __init__(self, problem: Problem, allowed: BoolArray) -> None:
        self._territories = list(territories(problem, allowed))
        self._size = (problem.load / balance_reference(problem).max(axis=1)[:, None]).max(axis=0)

    def broken(self, share: FloatArray, beyond: float, levels: tuple[float, ...]) -> Iterator[Separator]:
        """Yield separators that are broken by more than `beyond`.

        Parameters
        ----------
        share : (n_units, n_reps) float64
            What each rep has of each unit.
        beyond : float
        levels : tuple of float
            Shares up to which a unit counts as not held.
        """
        for territory in self._territories:
            mine = share[:, territory.rep]
            seen: set[bytes] = set()
            for level in levels:
                for separator in self._around_pieces(territory, mine, level, seen):
                    ends = mine[separator.unit] + (mine[separator.other] - 1.0 if separator.other != NOWHERE else 0.0)
                    if ends - mine[list(separator.between)].sum() > beyond:
                        yield separator

    def _around_pieces(
        self, territory: Territory, mine: FloatArray, level: float, seen: set[bytes]
    ) -> Iterator[Separator]:
        """Yield separators around the pieces of what a rep has more than a level of, each piece once."""
        _, pieces = territory.regions(mine <= level)
        if not pieces:
            return
        weight = mine * self._size
        main = max(range(len(pieces)), key=lambda place: float(weight[pieces[place]].sum()))
        other = int(pieces[main][weight[pieces[main]].argmax()])
        for place, piece in enumerate(pieces):
            key = np.sort(piece).tobytes()
            if key not in seen and (place != main or territory.must_leave(piece)):
                seen.add(key)
                yield from separators_around(territory, piece, other)
