"""The recorded bound held against the stored duals, over all unit-rep pairs, with plain arithmetic."""

import math
from collections.abc import Iterator

from optimizer.lagrangian import lagrangian_value
from optimizer.problem import FloatArray
from scenarios.case import Case
from scenarios.check import Check, Verdict
from scenarios.export.certificate import CertificateFile, prices
from scenarios.report.model import Report

ROUNDING = 1e-9
"""Relative difference that counts as rounding."""
SUBJECT = "bound"


def check_bound(case: Case, report: Report, certificate: CertificateFile) -> tuple[Check, ...]:
    """Re-prove what the duals prove, and say what only the solver has proved."""
    wrong = list(_contradictions(case, report, certificate))
    if wrong:
        return tuple(Check(SUBJECT, Verdict.WRONG, text) for text in wrong)
    if report.bound is None:
        return (Check(SUBJECT, Verdict.TRUSTED, "no bound is claimed, so there is nothing to prove."),)
    dual = _dual_value(case, certificate)
    if dual is None:
        return (Check(SUBJECT, Verdict.TRUSTED, f"{report.bound:.6g} was proved by the solver ({report.bound_kind})."),)
    proved = Check(SUBJECT, Verdict.PROVED, f"the stored duals prove {dual:.6g} over all pairs{_gap(report, dual)}.")
    if report.bound <= dual + _slack(dual):
        return (proved,)
    text = f"between {dual:.6g} and {report.bound:.6g} the bound was proved by the solver only ({report.bound_kind})."
    return proved, Check(SUBJECT, Verdict.TRUSTED, text)


def _contradictions(case: Case, report: Report, certificate: CertificateFile) -> Iterator[str]:
    if (report.bound, report.bound_kind) != (certificate.bound, certificate.kind):
        yield "report.json and certificate.json claim different bounds."
    scale = dict(zip(case.problem.measures, case.problem.load_per_amount.tolist(), strict=True))
    if certificate.scale != scale:
        yield f"the certificate's scale is {certificate.scale}, the inputs give {scale}."
    yield from _gap_contradictions(report)
    try:
        dual = _dual_value(case, certificate)
    except (KeyError, ValueError) as error:
        yield f"the duals do not fit the scenario: {error}."
        return
    claimed = certificate.dual_bound
    if claimed is not None and (dual is None or claimed > dual + _slack(claimed)):
        yield f"the certificate claims a dual bound of {claimed:.9g}, its duals prove {_text(dual)}."
    if report.bound_kind == "lagrangian" and report.bound is not None and report.bound > _or_none(dual) + _slack(report.bound):
        yield f"a Lagrangian bound of {report.bound:.9g} is claimed, the duals prove {_text(dual)}."


def _gap_contradictions(report: Report) -> Iterator[str]:
    feasible = not report.broken
    if report.gap is None:
        if feasible and report.bound is not None and report.value != 0:
            yield "the plan keeps every hard rule and has a bound, but no gap is given."
        return
    if not feasible or report.bound is None:
        yield "a gap is given where there is no bound, or a hard rule is broken."
        return
    gap = (report.value - report.bound) / abs(report.value) if report.value else 0.0
    if not math.isclose(gap, report.gap, rel_tol=1e-6, abs_tol=ROUNDING):
        yield f"the gap is {report.gap:.9g}, value and bound give {gap:.9g}."
    if report.bound > report.value + _slack(report.value):
        yield f"the bound {report.bound:.9g} lies above the value {report.value:.9g} of a plan that keeps every rule."
