"""The bound by whole units within one run."""

import numpy as np

from optimizer.bound.duals import Prices
from optimizer.bound.whole_units import raise_by_whole_units
from optimizer.problem import FloatArray
from optimizer.run import Run

PHASE = "bound"


def count_whole_units(run: Run, prices: Prices, rounds: int, seconds: float) -> FloatArray:
    """Raise the bound of a run with a feasible plan by what whole units cost more than fractions of them.

    Parameters
    ----------
    run : Run
    prices : Prices
        With a finite bound.
    rounds : int
        Most rounds of prices.
    seconds : float
        Most time, where a clock decides.

    Returns
    -------
    (n_blocks,) float64
        The prices that prove the bound; of length 0 where there was no time for any.
    """
    if run.score is None:
        return np.zeros(0)
    late = run.until(seconds)

    def stop() -> bool:
        run.tick(PHASE)
        return late()

    def keep(bound: float) -> None:
        run.raise_bound(bound, "mip", PHASE)

    workers, value = run.options.workers, run.score.value
    whole = raise_by_whole_units(run.problem, prices, value, rounds=rounds, workers=workers, stop=stop, on_bound=keep)
    return whole.block_price
