"""Incumbents carry the part of a quota that falls into their time, ramp included."""

from datetime import date, datetime, timedelta

import pytest

from scenarios.document.scenario import PlanPeriod
from scenarios.quotas.period import Period, add_months, covered_share, period_of

YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))


def stepped(period: Period, start: date | None, end: date | None, months: int) -> float:
    """Count productivity hour by hour, as the documentation words it."""
    first = datetime.combine(period.first, datetime.min.time())
    total = 0.0
    for hour in range(24 * period.days):
        now = first + timedelta(hours=hour, minutes=30)
        if end is not None and now.date() > end:
            continue
        if start is None:
            total += 1.0
            continue
        begun = datetime.combine(start, datetime.min.time())
        ramp = datetime.combine(add_months(start, months), datetime.min.time()) - begun
        total += 0.0 if now < begun else min(1.0, (now - begun) / ramp) if ramp else 1.0
    return total / (24 * period.days)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (None, None, 6),
        (date(2014, 3, 1), None, 6),
        (date(2027, 4, 1), None, 6),
        (date(2027, 4, 1), None, 0),
        (date(2026, 10, 31), None, 4),
        (date(2027, 11, 15), None, 12),
        (date(2026, 12, 1), date(2027, 2, 10), 24),
        (None, date(2027, 3, 31), 0),
        (date(2027, 5, 5), date(2027, 5, 5), 0),
        (date(2028, 1, 1), None, 3),
        (date(2027, 6, 1), date(2027, 5, 1), 0),
        (date(2020, 1, 1), date(2026, 12, 31), 0),
    ],
)
def test_share_is_the_mean_productivity(start: date | None, end: date | None, months: int) -> None:
    """Start, end and ramp count as if every hour were counted."""
    assert covered_share(YEAR, start, end, months) == pytest.approx(stepped(YEAR, start, end, months), abs=1e-7)


def test_the_documented_example_holds() -> None:
    """The figure in the documentation is what comes out."""
    assert covered_share(YEAR, date(2027, 4, 1), None, 6) == pytest.approx((275 - 183 / 2) / 365)


@pytest.mark.parametrize(
    ("plan", "first", "last"),
    [
        ({"year": 2027}, date(2027, 1, 1), date(2027, 12, 31)),
        ({"year": 2027, "from": "2026-10-01"}, date(2026, 10, 1), date(2027, 9, 30)),
        ({"from": "2028-02-29"}, date(2028, 2, 29), date(2029, 2, 27)),
        ({"from": "2027-07-01", "to": "2027-12-31"}, date(2027, 7, 1), date(2027, 12, 31)),
    ],
)
def test_period_is_what_the_plan_says(plan: dict[str, object], first: date, last: date) -> None:
    """Quotas are for from .. to, a year where no end is given."""
    assert period_of(PlanPeriod.model_validate(plan)) == Period(first, last)


def test_months_end_where_they_end() -> None:
    """A ramp that would end on the 31st of a short month ends on its last day."""
    assert add_months(date(2026, 10, 31), 4) == date(2027, 2, 28)
    assert add_months(date(2027, 12, 1), 1) == date(2028, 1, 1)
