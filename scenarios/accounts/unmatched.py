"""What becomes of accounts that lie in no unit: refused, brought to the nearest, or left to nobody; always listed."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from geodata.findings import Finding, Level
from geodata.places import NOWHERE, nearest
from optimizer.graph import IntArray
from optimizer.problem import FloatArray
from scenarios.accounts.matching import Matched
from scenarios.accounts.rows import AccountRows
from scenarios.near_names import listed
from scenarios.prepare.id_offers import IdOffers
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import amount

MOST = 10_000
"""Accounts that are told one by one; the others are counted."""


def place_unmatched(rows: AccountRows, matched: Matched, table: UnitTable) -> tuple[Matched, tuple[Finding, ...]]:
    """Deal with the accounts without a unit as `accounts.unmatched` says.

    A named account with a place of its own needs no unit. `nearest` takes the nearest unit (of the account's segment,
    where units have one) to the account's place; an account without a place stays an error then.
    """
    open_ones = np.flatnonzero((matched.row == NOWHERE) & ~(rows.is_named & matched.points.known))
    row, gap_km = matched.row, np.full(len(rows), np.nan)
    if rows.document.unmatched == "nearest":
        row, gap_km = _nearest(rows, matched, open_ones, table)
    findings = listed(_findings(rows, replace(matched, row=row), open_ones, gap_km, table), MOST)
    return replace(matched, row=row), findings


def _nearest(
    rows: AccountRows, matched: Matched, open_ones: np.ndarray, table: UnitTable
) -> tuple[IntArray, FloatArray]:
    row, gap_km = matched.row.copy(), np.full(len(rows), np.nan)
    segment = table.units["segment"].to_numpy(dtype=str)
    by_segment = rows.document.segment is not None and bool((segment != "").any())
    asked = rows.segment.to_numpy(dtype=str)[open_ones]
    for name in np.unique(asked) if by_segment else [""]:
        those = open_ones[asked == name] if by_segment else open_ones
        units = np.flatnonzero(segment == name) if by_segment else np.arange(len(table))
        lon, lat = matched.points.lon[those], matched.points.lat[those]
        at, km = nearest(lon, lat, table.units.geometry.to_numpy()[units])
        found = at != NOWHERE
        row[those[found]], gap_km[those[found]] = units[at[found]], km[found]
    return row, gap_km


def _findings(
    rows: AccountRows, matched: Matched, open_ones: np.ndarray, gap_km: FloatArray, table: UnitTable
) -> Iterator[Finding]:
    geography = rows.document.geography
    field = geography if isinstance(geography, str) else f"{geography.lat}, {geography.lon}"
    keys = rows.frame.get(geography) if isinstance(geography, str) else None
    offers = IdOffers([*table.units["geography"], *table.ids]) if len(open_ones) and keys is not None else IdOffers(())
    for i in open_ones.tolist():
        key = "" if keys is None else str(keys.iloc[i])
        start = f"{rows.label}, row {rows.row(i)}: the account {rows.id.iloc[i]} {matched.why[i]}"
        if rows.document.unmatched == "unassigned":
            level, end, hint = Level.WARNING, " and belongs to nobody", "Maybe correct its place."
        elif matched.row[i] != NOWHERE:
            unit = table.ids[matched.row[i]]
            level, hint = Level.WARNING, "Maybe correct its place."
            end = f" and counts in the nearest unit, {unit}, {amount(float(gap_km[i]))} km away"
        else:
            without = ", so nothing is nearest to it" if rows.document.unmatched == "nearest" else ""
            level, end = Level.ERROR, without
            hint = offers.hint(key, _remedy(rows.document.unmatched)) if key else _remedy(rows.document.unmatched)
        yield Finding(level, "unmatched-account", f"{start}{end}.", hint, rows.label, rows.row(i), field, key)


def _remedy(unmatched: str) -> str:
    others = "`unassigned`" if unmatched == "nearest" else "`nearest` or `unassigned`"
    return f"Maybe correct its place, or set accounts.unmatched to {others}."
