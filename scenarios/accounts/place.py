"""Where every account is: in a unit of the units' table, or in one that is made of the accounts."""

from collections.abc import Iterator

import numpy as np

from geodata.findings import Finding, Level, has_errors
from geodata.places import NOWHERE
from scenarios.accounts.base import bundled_base, point_base
from scenarios.accounts.matching import Matched, match_by_key, match_by_point
from scenarios.accounts.points import Points, read_points, usual_columns
from scenarios.accounts.rows import AccountRows
from scenarios.document.scenario import PointColumns
from scenarios.prepare.unit_table import UnitTable
from scenarios.tables.table import column


def place_accounts(rows: AccountRows, units: UnitTable | None) -> tuple[Matched, UnitTable, tuple[Finding, ...]]:
    """Return where the accounts are, and the units before any account: the given ones, else places of the accounts."""
    if units is not None and rows.document.segment is None:
        findings = tuple(_segment_needed(rows, units))
        if findings:
            return _nowhere(rows), units, findings
    if isinstance(rows.document.geography, PointColumns):
        return _by_point(rows, rows.document.geography, units)
    return _by_key(rows, rows.document.geography, units)


def _by_key(rows: AccountRows, header: str, units: UnitTable | None) -> tuple[Matched, UnitTable, tuple[Finding, ...]]:
    keys, findings = column(rows.frame, header, rows.label, "accounts.geography")
    base = units
    if base is None:
        base, guessed = bundled_base(rows, keys)
        findings = (*findings, *guessed)
    if has_errors(findings):
        return _nowhere(rows), base, findings
    matched, about_keys = match_by_key(rows, keys, base)
    matched, about_points = _with_own_places(rows, matched)
    return matched, base, (*findings, *about_keys, *about_points)


def _by_point(
    rows: AccountRows, columns: PointColumns, units: UnitTable | None
) -> tuple[Matched, UnitTable, tuple[Finding, ...]]:
    points, findings = read_points(rows, columns)
    if units is None:
        base, row = point_base(rows, points)
        return Matched(row, points, np.where(points.known, "", "has no place")), base, findings
    if has_errors(findings):
        return _nowhere(rows), units, findings
    matched, about_points = match_by_point(rows, points, columns, units)
    return matched, units, (*findings, *about_points)


def _with_own_places(rows: AccountRows, matched: Matched) -> tuple[Matched, tuple[Finding, ...]]:
    """Return accounts with a key at the latitude and longitude of their usual columns, where a place is needed."""
    needed = rows.is_named | ((matched.row == NOWHERE) & (rows.document.unmatched == "nearest"))
    columns = usual_columns(rows.frame)
    if columns is None or not needed.any():
        return matched, ()
    own, findings = read_points(rows.only(needed), columns)
    lat, lon = matched.points.lat.copy(), matched.points.lon.copy()
    at = np.flatnonzero(needed)[own.known]
    lat[at], lon[at] = own.lat[own.known], own.lon[own.known]
    message = f"{columns.lat} and {columns.lon} were read as the places of accounts that a key does not place."
    note = Finding(Level.NOTE, "guessed-column", message, "", rows.label, field=columns.lat, value=columns.lat)
    return Matched(matched.row, Points(lat, lon), matched.why), (*findings, note)


def _segment_needed(rows: AccountRows, units: UnitTable) -> Iterator[Finding]:
    if (units.units["segment"] != "").any() and len(units.first_rows) < len(units):
        message = f"{units.label} has several units in one geography, one a segment, but the accounts have no segment."
        hint = "Maybe name its column in accounts.segment."
        yield Finding(Level.ERROR, "missing-field", message, hint, rows.label, field="accounts.segment")


def _nowhere(rows: AccountRows) -> Matched:
    unknown = np.full(len(rows), np.nan)
    return Matched(np.full(len(rows), NOWHERE, dtype=np.int32), Points(unknown, unknown), np.full(len(rows), ""))
