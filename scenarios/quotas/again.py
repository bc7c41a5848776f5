"""The quotas of a plan that was made before, spread by the scenario as it is now."""

from pathlib import Path

from geodata.findings import Finding, InputError, Level
from scenarios.quotas.model import QuotaFigure
from scenarios.quotas.quotas import quotas_of
from scenarios.report.answer import given_answer
from scenarios.study import open_study


def quotas_again(place: Path, plan: Path | None) -> tuple[list[QuotaFigure], tuple[Finding, ...]]:
    """Return the quotas of a folder's plan, or of a scenario's, and what was found in the plan and about quotas.

    What else `check` says of the scenario is left out. Raises InputError for a scenario without quotas.
    """
    case, laid, found = open_study(place, plan)
    figures, about = quotas_of(given_answer(case, laid))
    if figures is None:
        hint = "Maybe add `quota: {potential: {target: 42000000}}`."
        raise InputError([Finding(Level.ERROR, "missing-quota", "The scenario asks for no quotas.", hint)])
    known = [finding for finding in case.findings if finding.field.startswith(("quota", "plan"))]
    return figures, (*known, *found, *about)
