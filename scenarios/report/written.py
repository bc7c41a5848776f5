"""What the scenario inside a report says, for those who only have the report."""

from typing import Any

from scenarios.report.model import Report


def tolerance(report: Report, measure: str) -> float | None:
    """Return the hard band of a measure as a share of its target, None without one."""
    share = _part(report.provenance.scenario.get("measures"), measure).get("tolerance")
    return None if share is None else float(share)


def currency(report: Report) -> str:
    """Return the currency of the measure potential, "" where none is given."""
    return str(_part(report.provenance.scenario, "plan").get("currency", ""))


def period(report: Report) -> str:
    """Return the planning period in words, "" where none is given."""
    plan = _part(report.provenance.scenario, "plan")
    year = f"Plan {plan['year']}" if plan.get("year") else ""
    start = f"from {plan['from']}" if plan.get("from") else ""
    return ", ".join(text for text in (year, start) if text)


def _part(parent: Any, name: str) -> dict[str, Any]:
    part = parent.get(name) if isinstance(parent, dict) else None
    return part if isinstance(part, dict) else {}
