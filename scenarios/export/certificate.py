"""certificate.json: what lets anybody check the bound again with plain arithmetic."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from pydantic import Field, FiniteFloat

from optimizer.certificate import Certificate
from optimizer.problem import FloatArray
from scenarios.case import Case
from scenarios.report.answer import Answer
from scenarios.report.figures import finite
from scenarios.report.model import BoundKind
from scenarios.report.part import Part

MOST_UNIT_PRICES = 10_000
"""Units beyond which their prices are left out: files stay small, and checking them takes seconds at most."""


class Duals(Part):
    """Lagrange multipliers."""

    load_price: dict[str, dict[str, FiniteFloat]] = Field(
        description="By measure and territory code: value per integer load unit."
    )
    budget_price: dict[str, FiniteFloat] = Field(
        description="By disruption budget: value per unit of what the budget counts."
    )
    unit_price: list[FiniteFloat] = Field(
        default=[],
        description="Value of each unit, or group kept together, at which territories choose whole units; maybe empty.",
    )


class CertificateFile(Part):
    """The certificate as it is written."""

    schema_version: Literal[1] = Field(default=1, description="Version of this document: 1.")
    kind: BoundKind = Field(description="How the bound was proved.")
    bound: FiniteFloat | None = Field(description="The reported bound.")
    dual_bound: FiniteFloat | None = Field(description="What the duals prove over all unit-rep pairs.")
    duals: Duals
    scale: dict[str, FiniteFloat] = Field(description="By measure: integer load units per unit of the measure.")


def certificate_file(answer: Answer) -> CertificateFile:
    """Return the certificate of an answer; of kind `none` for a given plan."""
    case, result = answer.case, answer.result
    codes = [seat.code for seat in case.seats]
    scale = dict(zip(case.problem.measures, case.problem.load_per_amount.tolist(), strict=True))
    if result is None:
        empty = Duals(load_price={}, budget_price={})
        return CertificateFile(kind=BoundKind.NONE, bound=None, dual_bound=None, duals=empty, scale=scale)
    proof = result.certificate
    return CertificateFile(
        kind=BoundKind(proof.kind),
        bound=finite(proof.bound),
        dual_bound=finite(proof.dual_bound),
        duals=_duals(case, codes, proof),
        scale=scale,
    )


def prices(case: Case, duals: Duals) -> tuple[FloatArray, FloatArray]:
    """Return the multipliers as the arrays of a Certificate; raises KeyError for a territory that is not there."""
    load = [[duals.load_price[name][seat.code] for seat in case.seats] for name in case.problem.measures]
    budget = [duals.budget_price[budget.name] for budget in case.problem.budgets]
    return np.array(load, dtype=np.float64), np.array(budget, dtype=np.float64)


def _duals(case: Case, codes: Sequence[str], proof: Certificate) -> Duals:
    load = {
        name: dict(zip(codes, row.tolist(), strict=True))
        for name, row in zip(case.problem.measures, proof.load_price, strict=True)
    }
    names = [budget.name for budget in case.problem.budgets]
    budget = dict(zip(names, proof.budget_price.tolist(), strict=True))
    stored = proof.block_price if len(proof.block_price) <= MOST_UNIT_PRICES else proof.block_price[:0]
    return Duals(load_price=load, budget_price=budget, unit_price=stored.tolist())
