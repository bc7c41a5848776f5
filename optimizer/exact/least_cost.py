"""Cuts that carry the bound by whole units into the linear relaxation: what whole territories cost at least."""

from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.bound.duals import Prices
from optimizer.bound.whole_units import price_territories
from optimizer.problem import FloatArray, Problem


@dataclass(frozen=True, eq=False)
class LeastCost:
    """Whichever whole territory a rep has, at these costs its units and its balance cost come to `least` or more.

    Attributes
    ----------
    rep : int
    cost : (n_units,) float64
        Of the rep's pairs, less prices of the units.
    least : float
    """

    rep: int
    cost: FloatArray
    least: float


def least_costs(problem: Problem, prices: Prices, block_price: FloatArray) -> Iterator[LeastCost]:
    """Yield one cut for each rep; with all of them the relaxation is not below the bound that the prices prove.

    Parameters
    ----------
    problem : Problem
    prices : Prices
    block_price : (n_blocks,) float64
        From `raise_by_whole_units`; nothing follows from none.
    """
    if len(block_price):
        cost, least = price_territories(problem, prices, block_price)
        for rep in range(problem.n_reps):
            yield LeastCost(rep, cost[:, rep], float(least[rep]))
