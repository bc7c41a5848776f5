"""The economics of a case: everything that turns an alignment into money, or into an index where money is not known."""

from dataclasses import dataclass

from optimizer.problem import FloatArray
from scenarios.economics.curves import SalesCurve


@dataclass(frozen=True, eq=False)
class Economics:
    """What sales, trips, reps and changed hands are worth.

    Attributes
    ----------
    currency : str
        What amounts are in; "" for an index, of which 100 is today's plan: then margin is 1 and costs are 0.
    label : str
        "calibrated" (every curve from data), "given" (every curve written down) or "modelled" (something was assumed).
    reasons : tuple of str
        What was assumed or left out, a sentence each.
    margin : float
        Contribution per unit of sales.
    curves : tuple of SalesCurve
        Together they name each sold measure of each row once.
    hours : (n_listed,) float64
        Selling hours of each of `Case.reps`.
    typical_hours : float
        Of a seat without a rep, and of somebody who is not in the list.
    cost : (n_listed,) float64
        Cost a year of each of `Case.reps`.
    typical_cost : float
        As typical_hours.
    trip_cost : float
        Money a year for each unit of workload and each km (or unit of the travel matrix) between it and its rep.
    sales : (n_rows,) float64
        Today's sales, or what stands in for them.
    loss_rate : (n_rows,) float64
        Share of these sales that is lost in the first year where the unit moves avoidably.
    """

    currency: str
    label: str
    reasons: tuple[str, ...]
    margin: float
    curves: tuple[SalesCurve, ...]
    hours: FloatArray
    typical_hours: float
    cost: FloatArray
    typical_cost: float
    trip_cost: float
    sales: FloatArray
    loss_rate: FloatArray

    @property
    def in_money(self) -> bool:
        """Whether amounts are money; else they are an index."""
        return self.currency != ""
