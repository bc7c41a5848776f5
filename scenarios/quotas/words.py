"""Quotas in a sentence."""

from scenarios.prepare.wording import amount
from scenarios.quotas.model import QuotaFigure


def quota_sentence(figure: QuotaFigure) -> str:
    """Return target, sums and what nobody carries, or that nothing could be spread."""
    if not figure.possible:
        return f"Quotas of {figure.measure}: not spread, since floors, caps and target cannot hold together."
    company = figure.levels[0]
    over = company.seat_quota - figure.target
    percent = 100.0 * over / figure.target
    stated = f", {amount(over)} ({percent:.2f} %) over-assigned" if over else ""
    carried = f"Incumbents carry {amount(company.incumbent_quota)}, {amount(company.open_quota)} is open"
    return (
        f"Quotas of {figure.measure}: {amount(figure.target)} for the company, {amount(company.seat_quota)} in "
        f"{company.territories} territories{stated}. {carried}."
    )
