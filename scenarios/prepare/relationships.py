"""What is at stake where a unit changes hands: its sales, and the share of them that is lost."""

from collections.abc import Mapping, Sequence

import numpy as np

from geodata.findings import Finding, Level
from optimizer.problem import FloatArray
from scenarios.document.economics import DisruptionMoney
from scenarios.document.scenario import Measure
from scenarios.economics.curves import SalesCurve
from scenarios.near_names import maybe
from scenarios.prepare.measures import measure_names
from scenarios.prepare.reading import Inputs
from scenarios.prepare.wording import counted
from scenarios.tables.numbers import parse_amounts

SALES = "sales"
UNFILLED = ("vacant", "planned")
FULL = np.ones(1)
"""The coverage of a territory whose rep has just the hours it needs."""


def sales_at_risk(
    document: DisruptionMoney, measures: Mapping[str, Measure], inputs: Inputs, curves: Sequence[SalesCurve]
) -> tuple[FloatArray, tuple[str, ...], tuple[Finding, ...]]:
    """Return each row's sales today, (n_rows,) float64, what stands in for them, and findings.

    They are the measure or column that the document names, by default the measure `sales`; else what the curves sell
    of the potential at full coverage: all of it by the usual curve.
    """
    known, findings = _known_sales(document.sales, measures, inputs)
    missing = np.isnan(known)
    if not missing.any():
        return known, (), findings
    expected = sum((sold.rows * inputs.amounts[sold.measure] * sold.curve.at(FULL) for sold in curves), np.zeros(1))
    whose = (
        "no sales are given" if missing.all() else f"{counted(int(missing.sum()), 'unit has', 'units have')} no sales"
    )
    usual = all(sold.source == "usual" for sold in curves)
    instead = "potential" if usual else "what the response sells of the potential at full coverage"
    said = f"{whose}, so the loss from changed hands counts {instead}"
    return np.where(missing, expected, known), (said,), findings


def loss_rates(document: DisruptionMoney, inputs: Inputs, sales: FloatArray) -> tuple[FloatArray, tuple[str, ...]]:
    """Return the share of sales that each row loses, (n_rows,) float64, and what was assumed.

    A unit of a seat that nobody fills loses nothing. Where tenures are known the loss grows with them up to
    `full_tenure_years`, and its mean over these sales stays
    `loss`; rows of unknown tenure lose just that.
    """
    table = inputs.table
    unfilled = [rep.id for rep in inputs.team.reps if rep.status in UNFILLED]
    held = ~table.units["current"].isin(unfilled).to_numpy()
    tenure = table.units["tenure"].to_numpy(dtype=np.float64)
    known = ~np.isnan(tenure) & held
    strength = np.clip(tenure / document.full_tenure_years, 0.0, 1.0)
    weight = np.where(known & np.isfinite(sales), sales, 0.0)
    total = float(weight @ np.where(known, strength, 0.0))
    if total <= 0.0:
        return document.loss * held, ("no tenures are known, so every relationship counts alike",)
    mean = total / float(weight.sum())
    rate = np.where(known, document.loss * strength / mean, document.loss)
    return np.minimum(rate, 1.0) * held, ()


def _known_sales(
    column: str | None, measures: Mapping[str, Measure], inputs: Inputs
) -> tuple[FloatArray, tuple[Finding, ...]]:
    """Return the sales, NaN where they are blank or unknown."""
    table, name = inputs.table, column or SALES
    rolled = table.rolled.get(SALES)
    if name in measures:
        return inputs.amounts[measure_names(measures).index(name)], ()
    if rolled is not None:
        return rolled, ()
    if column is None:
        return np.full(len(table), np.nan), ()
    if column not in table.attributes.columns:
        message = f"{table.label} has no column {column}."
        hint, field = maybe(column, list(table.attributes.columns)), "economics.disruption.sales"
        error = Finding(Level.ERROR, "unknown-column", message, hint, table.label, field=field, value=column)
        return np.full(len(table), np.nan), (error,)
    cells = table.attributes[column].set_axis(table.file_row - 1)
    return parse_amounts(cells, table.label, column, blank=np.nan)
