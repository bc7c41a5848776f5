"""How a solve divides its time or effort among its phases."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Shares:
    """Shares of the time or effort for the phases, and CP-SAT's work on the whole model.

    Attributes
    ----------
    local : float
        For the local search.
    enough : float
        Part of that after which a plan that keeps every limit is left to the other phases.
    bound, recombine, refine, pockets : float
        For the bound by whole units, for recombining territories, for refining places, and for the pockets.
    pockets_tried, missing_tried : int
        Pockets for effort 1, where the plan keeps every limit and where it doesn't.
    tree_nodes : float
        Nodes of branch and cut for effort 1; 0 where the whole model is too large.
    exact_work : float
        Deterministic time for effort 1; 0 where the whole model is too large.
    """

    local: float
    enough: float
    bound: float
    recombine: float
    refine: float
    pockets: float
    pockets_tried: int
    missing_tried: int
    tree_nodes: float
    exact_work: float


SMALL = Shares(
    local=0.15,
    enough=1.0,
    bound=0.05,
    recombine=0.15,
    refine=0.0,
    pockets=0.15,
    pockets_tried=60,
    missing_tried=60,
    tree_nodes=600.0,
    exact_work=10.0,
)
LARGE = Shares(
    local=0.7,
    enough=0.15,
    bound=0.35,
    recombine=0.0,
    refine=0.45,
    pockets=0.35,
    pockets_tried=200,
    missing_tried=80,
    tree_nodes=0.0,
    exact_work=0.0,
)
HUGE = replace(LARGE, enough=0.75, bound=0.15, refine=0.1)
