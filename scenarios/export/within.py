"""What of a plan somebody sees who is limited to some units: filtered, with nothing that tells of the others."""

import csv
import io
import json
from collections.abc import Collection
from typing import Any

import numpy as np

from scenarios.case import Case
from scenarios.document.plan_columns import PLAN_COLUMNS
from scenarios.export.text import BOM
from scenarios.formula_guard import guarded
from scenarios.prepare.unit_table import UnitTable

Fields = dict[str, Any]


def units_within(case: Case, column: str, values: Collection[str]) -> frozenset[str] | None:
    """Return the units that have one of the values in a column; None where the units have no such column.

    Parameters
    ----------
    column : str
        The customer's own or one of ours, as in a rule's `where`.
    """
    table = UnitTable(case.units, case.attributes, np.arange(len(case.units)) + 1, "")
    cells = table.cells(column)
    return None if cells is None else frozenset(case.units["unit"][cells.isin(list(values)).to_numpy()].astype(str))


def rows_within(plan: bytes, units: Collection[str]) -> bytes:
    """Return a plan.csv with the rows of these units."""
    columns, rows = _read(plan, units)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return BOM + text.getvalue().encode()


def features_within(shapes: bytes, units: Collection[str]) -> bytes:
    """Return a plan.geojson with the features of these units, without bridges and quotas: they tell of others too."""
    features = [one for one in json.loads(shapes)["features"] if one["properties"]["unit"] in units]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def figures_within(report: Fields, plan: bytes, units: Collection[str]) -> Fields:
    """Return figures of the territories that hold some of these units.

    A territory with no other units has all its figures; of one that holds others too only what it has of these.
    """
    columns, rows = _read(plan, units)
    measures = [name for name in columns if name not in PLAN_COLUMNS]
    whole = {guarded(figure["territory"]): figure for figure in report["territories"]}
    held: dict[str, list[Fields]] = {}
    for row in rows:
        held.setdefault(row["territory"], []).append(row)
    territories = [
        {**whole[code], "is_whole": True}
        if code in whole and whole[code]["units"] == len({row["unit"] for row in own})
        else _part(code, own, measures)
        for code, own in held.items()
    ]
    same = {name: report[name] for name in ("schema_version", "name", "status")}
    return {**same, "territories": territories}


def _part(code: str, rows: list[Fields], measures: list[str]) -> Fields:
    loads = {name: {"load": sum(float(row[name] or 0) for row in rows)} for name in measures}
    units = len({row["unit"] for row in rows})
    return {"territory": code, "rep": rows[0]["rep"] or None, "units": units, "loads": loads, "is_whole": False}


def _read(plan: bytes, units: Collection[str]) -> tuple[list[str], list[Fields]]:
    shown = {guarded(unit) for unit in units}
    reader = csv.DictReader(io.StringIO(plan.decode("utf-8-sig"), newline=""))
    rows = [row for row in reader if row["unit"] in shown]
    return list(reader.fieldnames or ()), rows
