"""A table of past coverage and sales, and the response curve it shows."""

from pathlib import Path

import numpy as np

from geodata.findings import Finding, Level, has_errors
from optimizer.problem import BoolArray, FloatArray
from scenarios.document.economics import FORM_PARAMETERS, Response
from scenarios.economics.calibration import Calibrated, calibrate
from scenarios.tables.numbers import parse_amounts
from scenarios.tables.table import Table, column, read_table

COLUMNS = ("hours", "workload", "sales", "potential")
SEGMENT = "segment"


def calibrated(response: Response, folder: Path, field: str) -> tuple[Calibrated | None, tuple[Finding, ...]]:
    """Return the curve that a file of past data shows; None, with an error, where it shows none.

    The file has one row a territory and year: the hours spent, the workload (hours needed), the sales, and the
    potential (the measure that is sold). Where it has a column `segment`, a curve of a segment sees its rows only.
    """
    file = response.file or ""
    table = read_table(folder / file, file)
    findings = list(table.findings)
    amounts = _amounts(table, file, f"{field}.file", findings)
    if has_errors(findings):
        return None, tuple(findings)
    usable = _usable(table, response, amounts)
    if not usable.all():
        message = f"{int((~usable).sum())} rows of {file} without hours, workload or potential (or of another segment)"
        note = Finding(Level.NOTE, "unusable-rows", f"{message} were left out.", "", file, field=f"{field}.file")
        findings.append(note)
    hours, workload, sales, potential = (amounts[name][usable] for name in COLUMNS)
    held = {name: getattr(response, name) for name in FORM_PARAMETERS[response.form]}
    given = {name: value for name, value in held.items() if value is not None}
    fitted = calibrate(response.form, hours / workload, sales / potential, given)
    if fitted.curve is None:
        hint = "Maybe add years or territories with other coverage, hold a parameter, or give the curve."
        message = f"{file} does not show a {response.form} curve: {fitted.trouble}."
        findings.append(Finding(Level.ERROR, "unidentified-response", message, hint, file, field=f"{field}.file"))
        return None, tuple(findings)
    return fitted, tuple(findings)


def _amounts(table: Table, file: str, field: str, findings: list[Finding]) -> dict[str, FloatArray]:
    amounts = {}
    for name in COLUMNS:
        cells, missing = column(table.frame, name, file, field)
        findings.extend(missing)
        if not missing:
            amounts[name], wrong = parse_amounts(cells, file, name)
            findings.extend(wrong)
    return amounts


def _usable(table: Table, response: Response, amounts: dict[str, FloatArray]) -> BoolArray:
    usable = (amounts["hours"] > 0) & (amounts["workload"] > 0) & (amounts["potential"] > 0)
    if response.segment is not None and SEGMENT in table.frame.columns:
        usable &= np.asarray(table.frame[SEGMENT] == response.segment, dtype=np.bool_)
    return np.asarray(usable)
