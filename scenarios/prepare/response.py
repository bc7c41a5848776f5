"""The written response curves, laid onto the rows they are for."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from geodata.findings import Finding, Level
from optimizer.problem import POTENTIAL, BoolArray
from scenarios.document.economics import FORM_PARAMETERS, Response
from scenarios.document.scenario import Measure
from scenarios.economics.curves import USUAL, Curve, SalesCurve
from scenarios.near_names import maybe
from scenarios.prepare.measures import measure_names
from scenarios.prepare.past_data import calibrated
from scenarios.prepare.reading import Inputs

LARGE_RESPONSE = 1.5
"""A curve that sells more than this share of a measure at full coverage was probably not meant."""


def read_curves(
    responses: Sequence[Response], measures: Mapping[str, Measure], folder: Path, inputs: Inputs
) -> tuple[tuple[SalesCurve, ...], tuple[Finding, ...]]:
    """Return one curve for each written one, and the usual one for rows of a sold measure that none is for."""
    segments = inputs.table.units["segment"].astype(str).to_numpy()
    findings = [*_unknown(responses, measures, set(segments.tolist())), *_repeated(responses)]
    if findings:
        return (), tuple(findings)
    names = measure_names(measures)
    curves: list[SalesCurve] = []
    for i, response in enumerate(responses):
        row = names.index(response.measure)
        rows = _rows(response, responses, segments)
        curve, found = _curve(response, row, rows, folder, f"economics.response[{i}]")
        findings += found
        curves += [] if curve is None else [curve]
    return (*curves, *_usual(curves, len(segments))), tuple(findings)


def _rows(response: Response, responses: Sequence[Response], segments: np.ndarray) -> BoolArray:
    """Return the rows of a curve's segment; without one those of all segments that have no curve of their own."""
    if response.segment is not None:
        return np.asarray(segments == response.segment, dtype=np.bool_)
    own = [other.segment for other in responses if other.measure == response.measure and other.segment is not None]
    return np.asarray(~np.isin(segments, own), dtype=np.bool_)


def _curve(
    response: Response, measure: int, rows: BoolArray, folder: Path, field: str
) -> tuple[SalesCurve | None, tuple[Finding, ...]]:
    given = [getattr(response, name) for name in FORM_PARAMETERS[response.form]]
    segment = response.segment or ""
    if response.file is not None:
        fitted, findings = calibrated(response, folder, field)
        if fitted is None or fitted.curve is None:
            return None, findings
        return SalesCurve(measure, segment, rows, fitted.curve, "calibrated", fitted.interval), findings
    if any(value is None for value in given):
        return SalesCurve(measure, segment, rows, USUAL, "usual"), ()
    curve = SalesCurve(measure, segment, rows, Curve(response.form, tuple(given)), "given")
    return curve, tuple(_large(curve, field))


def _usual(curves: Sequence[SalesCurve], n_rows: int) -> Iterator[SalesCurve]:
    """Yield the usual curve for rows of each sold measure (the potential where none is named) without a curve."""
    for measure in sorted({curve.measure for curve in curves}) or [POTENTIAL]:
        covered = np.zeros(n_rows, dtype=np.bool_)
        for curve in curves:
            covered |= curve.rows & (curve.measure == measure)
        if not covered.all():
            yield SalesCurve(measure, "", ~covered, USUAL, "usual")


def _large(curve: SalesCurve, field: str) -> Iterator[Finding]:
    share = float(curve.curve.at(np.ones(1))[0])
    if share > LARGE_RESPONSE:
        message = f"{field} sells {share:.0%} of the measure at full coverage."
        hint = "Maybe a share was written as a percentage, or as money."
        yield Finding(Level.WARNING, "large-response", message, hint, field=field, value=f"{share:g}")


def _unknown(responses: Sequence[Response], measures: Mapping[str, Measure], segments: set[str]) -> Iterator[Finding]:
    for i, response in enumerate(responses):
        field = f"economics.response[{i}]"
        if response.measure not in measures and response.measure != "potential":
            message = f"{field}.measure is no measure of the scenario."
            hint = maybe(response.measure, measures)
            yield Finding(
                Level.ERROR, "unknown-measure", message, hint, field=f"{field}.measure", value=response.measure
            )
        if response.segment is not None and response.segment not in segments:
            message = f"No unit is of the segment {response.segment}, which {field} is for."
            hint = maybe(response.segment, sorted(segments - {""}))
            yield Finding(
                Level.ERROR, "unknown-segment", message, hint, field=f"{field}.segment", value=response.segment
            )


def _repeated(responses: Sequence[Response]) -> Iterator[Finding]:
    seen: set[tuple[str, str | None]] = set()
    for i, response in enumerate(responses):
        key = (response.measure, response.segment)
        if key in seen:
            field = f"economics.response[{i}]"
            message = f"{field} is the second curve of {response.measure}, segment {response.segment or '(any)'}."
            yield Finding(Level.ERROR, "duplicate-curve", message, "Maybe remove one of them.", field=field)
        seen.add(key)
