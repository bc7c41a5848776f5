"""The travel matrix: tens of millions of rows where thousands of units and hundreds of reps meet."""

from pathlib import Path

import numpy as np
import pandas as pd

from geodata.findings import Finding, has_errors
from optimizer.problem import FloatArray
from scenarios.near_names import listed
from scenarios.tables.columns import Column
from scenarios.tables.ids import missing_ids
from scenarios.tables.large_table import read_large
from scenarios.tables.numbers import parse_amounts
from scenarios.tables.table import column, read_table

COLUMNS = ("unit", "rep", "cost")


def read_matrix(path: Path, label: str) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Read the travel matrix.

    Returns
    -------
    frame : DataFrame
        Columns unit, rep (categories of text, unchecked) and cost (float64, at or above 0; NaN with an error);
        index + 1 is the row.
    findings : tuple of Finding
        What was wrong; a pair that stands twice is an error.
    """
    large = read_large(path, label, COLUMNS)
    table = read_table(path, label) if large is None else large
    found = list(table.findings)
    texts = {}
    for name in COLUMNS:
        texts[name], errors = column(table.frame, name, label, "travel.file")
        found += errors
    if has_errors(found):
        return pd.DataFrame({"unit": [], "rep": [], "cost": []}), tuple(found)
    cost, errors = _amounts(texts["cost"].astype("category"), label)
    frame = pd.DataFrame({name: texts[name].astype("category") for name in ("unit", "rep")}).assign(cost=cost)
    blank = [finding for name in ("unit", "rep") for finding in _blank(frame[name], label)]
    return frame, (*found, *blank, *errors, *_repeated_pairs(frame, label))


def _amounts(texts: pd.Series, label: str) -> tuple[FloatArray, tuple[Finding, ...]]:
    """Parse each distinct text once; a finding names the first row that has it."""
    codes = texts.cat.codes
    first = codes.drop_duplicates()
    every = texts.cat.categories.to_numpy(dtype=object)
    distinct = pd.Series(every[first.to_numpy()], index=first.index, dtype="str")
    numbers, findings = parse_amounts(distinct, label, "cost")
    by_code = np.full(len(texts.cat.categories), np.nan)
    by_code[first.to_numpy()] = numbers
    return by_code[codes.to_numpy()], findings


def _blank(names: pd.Series, label: str) -> tuple[Finding, ...]:
    if "" not in names.cat.categories:
        return ()
    return missing_ids(names[names == ""].astype(str), label, str(names.name))


def _repeated_pairs(frame: pd.DataFrame, label: str) -> tuple[Finding, ...]:
    again = frame[frame.duplicated(["unit", "rep"])].astype({"unit": str, "rep": str})
    at = Column(again["unit"], label, "unit")
    hint = "Maybe remove one of the rows."
    return listed(
        at.bad(position, "duplicate-pair", f"has a second row with rep {rep!r}", hint)
        for position, rep in enumerate(again["rep"].head(1000))
    )
