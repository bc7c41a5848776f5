"""A plan to be looked at again: a folder that solve or score wrote, or a scenario and a plan of it."""

from pathlib import Path

from geodata.findings import Finding, InputError, Level
from optimizer.plan import Plan
from scenarios.case import Case
from scenarios.export.files import PLAN
from scenarios.export.stored import stored_report
from scenarios.prepare.plan import read_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import read


def open_study(place: Path, plan: Path | None) -> tuple[Case, Plan, tuple[Finding, ...]]:
    """Read a scenario as it is now, and a plan of it.

    Parameters
    ----------
    place : Path
        A folder with report.json, which names its scenario, or a scenario document.
    plan : Path or None
        The plan; a folder's own plan.csv by default.

    Returns
    -------
    case : Case
    plan : Plan
    findings : tuple of Finding
        What was found in the plan's file.

    Raises
    ------
    InputError
        Where either cannot be read, or no plan is given.
    """
    if place.is_dir():
        scenario = place / stored_report(place).timing.scenario_path
        plan = plan or place / PLAN
    else:
        scenario = place
    source = read(scenario)
    if plan is None:
        message = f"{place.name} is a scenario, and no plan of it is named."
        hint = "Maybe add --plan plan.csv, or name the folder that solve wrote."
        raise InputError([Finding(Level.ERROR, "missing-plan", message, hint, value=str(place))])
    case = prepare(source)
    laid, findings = read_plan(plan, case)
    return case, laid, findings
