"""The fields of a rep that are more than text: places, status, dates, territory codes."""

import math
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

import numpy as np

from geodata.findings import Finding, Level
from optimizer.problem import FloatArray
from scenarios.near_names import listed, maybe
from scenarios.tables.columns import Column
from scenarios.tables.numbers import parse_amounts, parse_numbers

Optionals = list[float | None]
LEAVING = "leaving"
STATUSES = ("active", "vacant", "planned", LEAVING)


def parse_places(lat: Column, lon: Column) -> tuple[tuple[Optionals, Optionals], tuple[Finding, ...]]:
    """Return latitudes and longitudes in degrees, None where a rep has no home, and what is wrong with them."""
    y, lat_findings = parse_numbers(lat.cells, lat.label, lat.field, blank=np.nan)
    x, lon_findings = parse_numbers(lon.cells, lon.label, lon.field, blank=np.nan)
    findings = [*lat_findings, *lon_findings]
    for i in range(len(y)):
        findings += _doubtful_place(lat, lon, i, float(y[i]), float(x[i]))
    return (_optional(y), _optional(x)), listed(findings)


def _doubtful_place(lat: Column, lon: Column, i: int, y: float, x: float) -> list[Finding]:
    blank = [column for column in (lat, lon) if not column.cells.iloc[i]]
    if len(blank) == 1:
        hint = "Maybe fill in both lat and lon, or neither."
        return [blank[0].bad(i, "missing-value", "is empty, so the home has half a place", hint)]
    if abs(y) > 90 and abs(x) <= 90 and abs(y) <= 180:
        hint = "Maybe lat and lon are swapped."
        return [lat.bad(i, "swapped-coordinates", f"is no latitude, and {x:g} could be one", hint)]
    if abs(y) > 90:
        return [lat.bad(i, "out-of-range", "must be within -90..90", "Maybe the decimal mark is missing.")]
    if abs(x) > 180:
        return [lon.bad(i, "out-of-range", "must be within -180..180", "Maybe the decimal mark is missing.")]
    if y == 0 and x == 0:
        hint = "Maybe leave both empty where the home is not known."
        return [lat.bad(i, "zero-coordinates", "and lon are 0, in the Atlantic", hint, Level.WARNING)]
    return []


def parse_status(column: Column) -> tuple[list[str], tuple[Finding, ...]]:
    """Return the status of each rep, active where blank."""
    statuses = [text.casefold() or "active" for text in column.cells]
    findings = [
        column.bad(i, "invalid-value", f"must be one of {', '.join(STATUSES)}", maybe(status, STATUSES))
        for i, status in enumerate(statuses)
        if status not in STATUSES
    ]
    return statuses, listed(findings)


def parse_date(column: Column) -> tuple[list[date | None], tuple[Finding, ...]]:
    """Return ISO dates, None where blank; a time of day after the date is left out."""
    dates: list[date | None] = []
    findings = []
    for i, text in enumerate(column.cells):
        try:
            dates.append(date.fromisoformat(text[:10]) if text else None)
        except ValueError:
            dates.append(None)
            findings.append(column.bad(i, "invalid-date", "is not a date", "Maybe write it like 2027-01-31."))
    return dates, listed(findings)


def parse_capacity(column: Column) -> tuple[list[float], tuple[Finding, ...]]:
    """Return the capacity of each rep, 1 where blank; 0 and less are errors."""
    capacity, findings = parse_amounts(column.cells, column.label, column.field, blank=1.0)
    hint = "Maybe give the rep the status leaving, or remove the row."
    zero = [column.bad(int(i), "out-of-range", "must be above 0", hint) for i in np.flatnonzero(capacity == 0)]
    return capacity.tolist(), (*findings, *listed(zero))


def parse_optional_amount(column: Column) -> tuple[Optionals, tuple[Finding, ...]]:
    """Return amounts at or above 0, None where blank."""
    amounts, findings = parse_amounts(column.cells, column.label, column.field, blank=np.nan)
    return _optional(amounts), findings


def parse_fits(
    columns: Mapping[str, Column], skills: Collection[str]
) -> tuple[list[dict[str, float]], tuple[Finding, ...]]:
    """Return each rep's fit 0..1 by skill, 0 where blank."""
    fits: list[dict[str, float]] = [{} for _ in columns["id"].cells]
    findings: list[Finding] = []
    for skill in skills:
        column = columns[skill]
        numbers, wrong = parse_numbers(column.cells, column.label, column.field, blank=0.0, low=0.0, high=1.0)
        findings += wrong
        for rep, fit in zip(fits, numbers.tolist(), strict=True):
            rep[skill] = fit
    return fits, tuple(findings)


def _optional(numbers: FloatArray) -> Optionals:
    return [None if math.isnan(number) else number for number in numbers.tolist()]


def check_territories(territory: Column, status: Column) -> tuple[Finding, ...]:
    """Return an error for each territory code that several reps have who stay; a leaver's successor may share it."""
    stays = [text.casefold() != LEAVING for text in status.cells]
    codes = [text if stay else "" for text, stay in zip(territory.cells, stays, strict=True)]
    times = Counter(codes)
    hint = "Maybe a territory has one incumbent; give the others their own code, or the status leaving."
    return listed(
        territory.bad(i, "duplicate-territory", "is the territory of another rep too", hint)
        for i, code in enumerate(codes)
        if code and times[code] > 1
    )
