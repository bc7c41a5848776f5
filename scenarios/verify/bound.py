"""The recorded bound held against the stored duals, over all unit-rep pairs, with plain arithmetic."""

import math
from collections.abc import Iterator

import numpy as np

from optimizer.bound.duals import Prices
from optimizer.bound.lagrangian import lagrangian_value
from optimizer.bound.whole_units import whole_units_value
from scenarios.case import Case
from scenarios.export.certificate import CertificateFile, prices
from scenarios.report.model import Report
from scenarios.report.summary import percent_up
from scenarios.verify.check import Check, Verdict

ROUNDING = 1e-9
"""Relative difference that counts as rounding."""
SUBJECT = "bound"


def check_bound(case: Case, report: Report, certificate: CertificateFile) -> tuple[Check, ...]:
    """Re-prove what the duals prove, and say what only the solver has proved."""
    try:
        dual = dual_value(case, certificate)
        whole = whole_value(case, certificate, dual)
    except (KeyError, ValueError) as error:
        return (Check(SUBJECT, Verdict.WRONG, f"the duals do not fit the scenario: {error}."),)
    wrong = [*_wrong_claims(case, report, certificate), *_wrong_bound(report, certificate, dual), *_wrong_gap(report)]
    if wrong:
        return tuple(Check(SUBJECT, Verdict.WRONG, text) for text in wrong)
    return tuple(_told(report, dual, whole))


def dual_value(case: Case, certificate: CertificateFile) -> float:
    """Return what the stored duals prove over all pairs; minus infinity where none are stored."""
    if not certificate.duals.load_price:
        return -math.inf
    return float(lagrangian_value(case.problem, *prices(case, certificate.duals)))


def whole_value(case: Case, certificate: CertificateFile, dual: float) -> float:
    """Return what the stored prices of whole units prove; minus infinity where none are stored."""
    price = np.array(certificate.duals.unit_price, dtype=np.float64)
    if not len(price) or not math.isfinite(dual):
        return -math.inf
    load_price, budget_price = prices(case, certificate.duals)
    return whole_units_value(case.problem, Prices(load_price, budget_price, dual), price)


def proves_impossible(case: Case, certificate: CertificateFile) -> bool:
    """Return whether the duals alone, over all pairs, prove that no plan keeps every hard rule."""
    try:
        return dual_value(case, certificate) == math.inf
    except (KeyError, ValueError):
        return False


def _told(report: Report, dual: float, whole: float) -> Iterator[Check]:
    if dual == math.inf:
        yield Check(SUBJECT, Verdict.PROVED, "rules on single units already exclude every plan.")
        return
    if report.bound is None:
        yield Check(SUBJECT, Verdict.TRUSTED, "no bound is claimed.")
        return
    if dual > -math.inf:
        gap = "" if report.gap is None else f": no plan beats this by more than {_percent(report, dual)} %"
        yield Check(SUBJECT, Verdict.PROVED, f"the duals prove {dual:.6g} over all unit-rep pairs{gap}.")
    if whole > dual:
        gap = "" if report.gap is None else f": no plan beats this by more than {_percent(report, whole)} %"
        yield Check(
            SUBJECT, Verdict.PROVED, f"territories of whole units, at the stored prices, prove {whole:.6g}{gap}."
        )
    best = max(dual, whole)
    if report.bound > best + slack(best):
        text = f"that the value cannot be below {report.bound:.6g} was proved by the solver only ({report.bound_kind})."
        yield Check(SUBJECT, Verdict.TRUSTED, text)


def _wrong_claims(case: Case, report: Report, certificate: CertificateFile) -> Iterator[str]:
    if (report.bound, report.bound_kind) != (certificate.bound, certificate.kind):
        yield "report.json and certificate.json claim different bounds."
    scale = dict(zip(case.problem.measures, case.problem.load_per_amount.tolist(), strict=True))
    if certificate.scale != scale:
        yield f"the certificate's scale is {certificate.scale}, the inputs give {scale}."


def _wrong_bound(report: Report, certificate: CertificateFile, dual: float) -> Iterator[str]:
    claimed = certificate.dual_bound
    if claimed is not None and claimed > dual + slack(dual):
        yield f"a dual bound of {claimed:.9g} is claimed, the duals prove {dual:.9g}."
    if report.bound is None:
        return
    if report.bound_kind == "lagrangian" and report.bound > dual + slack(dual):
        yield f"a Lagrangian bound of {report.bound:.9g} is claimed, the duals prove {dual:.9g}."
    if not report.broken and report.bound > report.value + slack(report.value):
        yield f"the bound {report.bound:.9g} lies above the value {report.value:.9g} of a plan that keeps every rule."


def _wrong_gap(report: Report) -> Iterator[str]:
    if report.gap is None:
        return
    if report.broken or report.bound is None:
        yield "a gap is given although a hard rule is broken or there is no bound."
        return
    gap = (report.value - report.bound) / abs(report.value) if report.value else 0.0
    if not math.isclose(gap, report.gap, rel_tol=1e-6, abs_tol=ROUNDING):
        yield f"the gap is {report.gap:.9g}, value and bound give {gap:.9g}."


def slack(amount: float) -> float:
    """Return the difference at an amount that counts as rounding."""
    return ROUNDING * max(1.0, abs(amount)) if math.isfinite(amount) else 0.0


def _percent(report: Report, dual: float) -> str:
    gap = max(report.value - dual, 0.0) / abs(report.value) if report.value else 0.0
    return percent_up(gap)
