"""What is remembered of a hedged solve; nothing in here needs a solver."""

from dataclasses import dataclass

from optimizer.plan import Plan
from optimizer.score import Score


@dataclass(frozen=True, eq=False)
class Hedged:
    """What became of a hedge.

    Attributes
    ----------
    plain : Score
        The judge's verdict on the plan without the hedge.
    plain_plan : Plan
    margin : float
        Mean narrowing of the bands the plan was found with, as a share of the target; 0 for the plain plan.
    rounds : int
        Solves with narrowed bands.
    """

    plain: Score
    plain_plan: Plan
    margin: float
    rounds: int
