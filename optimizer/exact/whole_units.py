"""The bound by whole units within one run."""

from optimizer.bound.duals import Prices
from optimizer.bound.whole_units import raise_by_whole_units
from optimizer.run import Run

PHASE = "bound"


def count_whole_units(run: Run, prices: Prices, rounds: int, seconds: float) -> None:
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
    """
    if run.score is None:
        return
    late = run.until(seconds)

    def stop() -> bool:
        run.tick(PHASE)
        return late()

    def keep(bound: float) -> None:
        run.raise_bound(bound, "mip", PHASE)

    workers, value = run.options.workers, run.score.value
    raise_by_whole_units(run.problem, prices, value, rounds=rounds, workers=workers, stop=stop, on_bound=keep)
