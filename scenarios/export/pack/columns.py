"""What the workbook of a pack is called, sheet by sheet and column by column: its writer and its reader agree here."""

from scenarios.report.model import RepFigure

WORKBOOK = "requests.xlsx"
ABOUT, UNITS, ACCOUNTS, LEAVING, CHOICES = "About", "Units", "Accounts", "Going", "Choices"
REQUESTED, REASON = "requested rep", "reason"
PACK_OF, PLAN_KEY = "Pack of", "Plan"
OTHER_TEAM = "another team"
"""Stands for every rep of another team."""


def choice(rep: RepFigure) -> str:
    """Return how a rep stands in the list of a cell: the id, and the name where there is one."""
    return f"{rep.id} - {rep.name}" if rep.name and rep.name != rep.id else rep.id
