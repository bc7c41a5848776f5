"""What units are called, and which geography and segment each one is."""

import pandas as pd

from geodata.findings import Finding, Level
from scenarios.document.scenario import Units
from scenarios.tables.damaged_ids import with_digits
from scenarios.tables.ids import check_ids
from scenarios.tables.table import column


def name_units(rows: pd.DataFrame, label: str, units: Units) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the columns unit, name, geography, segment and current of each row.

    Where ids repeat across segments, a unit is called "id/segment" (a blank segment leaves the id alone) and its id
    becomes its geography; a note says so. With `units.geography` the key is the geography.

    Parameters
    ----------
    rows : DataFrame
        Text cells; index + 1 is the row in the file.
    label : str
        The file's name.
    units : Units

    Returns
    -------
    names : DataFrame of str
        Same index.
    findings : tuple of Finding
        Errors `unknown-column`, `missing-id`, `duplicate-id`; warnings on damaged ids; notes `unit-ids`,
        `padded-id`.
    """
    findings: list[Finding] = []

    def read(field: str, header: str | None, otherwise: pd.Series) -> pd.Series:
        if header is None:
            return otherwise
        cells, found = column(rows, header, label, f"units.{field}")
        findings.extend(found)
        return cells.str.strip()

    blank = pd.Series("", index=rows.index, dtype=str)
    ids = read("id", units.id, blank)
    if findings:
        # Without the id column every row would be called blank and repeated.
        ids = pd.Series([f"row {row + 1}" for row in rows.index], index=rows.index, dtype=str)
    ids, padded = with_digits(ids, units.digits, label, units.id)
    findings.extend(padded)
    segment = read("segment", units.segment, blank)
    name = read("name", units.name, ids)
    geography = read("geography.key", units.geography.key if units.geography else None, ids)
    current = read("current", units.current, blank)
    unit = _unit_ids(ids, segment)
    if not unit.equals(ids):
        findings.append(_renamed(unit, label, units.id))
    findings.extend(check_ids(unit, label, units.id))
    columns = {"unit": unit, "name": name.where(name != "", ids), "geography": geography}
    return pd.DataFrame({**columns, "segment": segment, "current": current}), tuple(findings)


def _unit_ids(ids: pd.Series, segment: pd.Series) -> pd.Series:
    repeats = ids[ids != ""].duplicated().any() and (segment != "").any()
    return ids.where(segment == "", ids + "/" + segment) if repeats else ids


def _renamed(unit: pd.Series, label: str, field: str) -> Finding:
    message = f"The ids of {label} repeat across segments, so units are called id/segment, e.g. {unit.iloc[0]}."
    return Finding(Level.NOTE, "unit-ids", message, "", label, field=field, value=str(unit.iloc[0]))
