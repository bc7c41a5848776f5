"""robust.csv: one row a spread and territory."""

from collections.abc import Sequence

from scenarios.export.tables import Rows
from scenarios.robust.model import Robustness, TerritoryRobustness

ROBUST = "robust.csv"


def robust_rows(figures: Sequence[Robustness]) -> Rows:
    """Return robust.csv."""
    fields = tuple(TerritoryRobustness.model_fields)
    cells = [
        (figure.measure, figure.spread, *(getattr(row, field) for field in fields))
        for figure in figures
        for row in figure.territories
    ]
    return Rows(("measure", "spread", *fields), tuple(cells))
