"""The period that quotas are for, and the part of it that an incumbent answers for."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from scenarios.document.scenario import PlanPeriod


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1


def period_of(plan: PlanPeriod | None) -> Period | None:
    """Return `plan.from` to `plan.to`; without a `from` the year begins on 1 January, without a `to` it is a year."""
    if plan is None or (plan.start is None and plan.year is None):
        return None
    first = plan.start or date(plan.year or 0, 1, 1)
    last = plan.end or add_months(first, 12) - timedelta(days=1)
    return Period(first, last)


def covered_share(period: Period, start: date | None, end: date | None, ramp_months: int) -> float:
    """Return the share of a full quota that falls to somebody who starts and leaves on these days, 0 to 1.

    The mean over the period of a productivity that is 0 before the first day, rises evenly from 0 at the beginning of
    that day to 1 after `ramp_months` calendar months, stays 1, and is 0 after the last day. Without a start it is 1
    from the beginning of the period.
    """
    begins = max(0, 0 if start is None else (start - period.first).days)
    stops = period.days if end is None else min(period.days, (end - period.first).days + 1)
    if stops <= begins:
        return 0.0
    if start is None:
        return (stops - begins) / period.days
    offset = (start - period.first).days
    ramp_days = (add_months(start, ramp_months) - start).days
    return (_sold(stops - offset, ramp_days) - _sold(begins - offset, ramp_days)) / period.days


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, the last of the month where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def _sold(days: int, ramp_days: int) -> float:
    """Return the full days' worth of the first `days` days in the seat."""
    if days < ramp_days:
        return days * days / (2.0 * ramp_days)
    return days - ramp_days / 2.0
