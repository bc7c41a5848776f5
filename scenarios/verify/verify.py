"""`territory verify`: the files of a plan held against the scenario again, without a solver."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from geodata.findings import Finding, InputError, Level
from optimizer.result import Status
from scenarios.case import Case
from scenarios.export.files import ACCOUNTS, GEOJSON, PLAN, QUOTAS, TERRITORIES
from scenarios.export.geojson import plan_geojson
from scenarios.export.quota_tables import quota_rows
from scenarios.export.stored import stored_certificate, stored_document, stored_report, stored_rows
from scenarios.export.tables import account_rows, plan_rows, territory_table
from scenarios.prepare.plan import read_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import Source, read
from scenarios.report.answer import Answer, given_answer
from scenarios.report.build import build_report
from scenarios.report.model import Report
from scenarios.report.provenance import Run
from scenarios.robust.model import HedgeFigure
from scenarios.verify.bound import check_bound, proves_impossible
from scenarios.verify.check import Check, Verdict
from scenarios.verify.figures import figure_differences, json_differences, row_differences

SHOWN = 5
"""Differences told before "and n more"."""


def verify(folder: Path, scenario: Path | None = None) -> tuple[Check, ...]:
    """Re-read the inputs, re-judge the plan and recompute every figure and the dual bound.

    Parameters
    ----------
    folder : Path
        What solve or score wrote.
    scenario : Path or None
        The scenario document, where it is not at the place recorded in report.json.

    Raises
    ------
    InputError
        Where an input is missing or has changed, or a file of the folder cannot be read.
    """
    report, certificate = stored_report(folder), stored_certificate(folder)
    case = _same_case(report, folder, scenario or folder / report.timing.scenario_path)
    inputs = Check("inputs", Verdict.PROVED, f"{len(case.input_hashes)} files and the scenario are unchanged.")
    try:
        plan, _ = read_plan(folder / PLAN, case)
    except InputError as error:
        return inputs, Check(PLAN, Verdict.WRONG, str(error))
    answer = given_answer(case, plan)
    rebuilt = build_report(answer, _recorded_run(report))
    return (
        inputs,
        *_tables(folder, answer, rebuilt),
        _told("report.json", figure_differences(report, rebuilt), "every figure follows from plan.csv and the inputs"),
        _told(GEOJSON, json_differences(stored_document(folder, GEOJSON), plan_geojson(answer)), "it shows this plan"),
        *_hedge(report, rebuilt),
        _rules(report, rebuilt, proves_impossible(case, certificate)),
        *check_bound(case, report, certificate),
        Check(
            "map.html, plan.xlsx", Verdict.TRUSTED, "they show the same figures; `territory map` draws the map again."
        ),
    )


def same_source(report: Report, path: Path) -> Source:
    """Return the scenario a report was made from; raises InputError where it or a file that it names has changed."""
    source = read(path)
    changed = [path.name] if source.text_sha256 != report.provenance.scenario_sha256 else []
    changed += [name for name, digest in report.provenance.inputs.items() if _changed(source, name, digest)]
    if changed:
        raise InputError([_changed_input(name) for name in changed])
    return source


def _same_case(report: Report, folder: Path, path: Path) -> Case:
    """Return the case the report was made from; raises InputError where anything has changed."""
    source = same_source(report, path)
    case = prepare(source, None if source.scenario.scope is None else _start(report, folder))
    if dict(case.input_hashes) != report.provenance.inputs:
        raise InputError([_changed_input(name) for name in sorted({*case.input_hashes} ^ {*report.provenance.inputs})])
    return case


def _start(report: Report, folder: Path) -> Path | None:
    """Return the plan that a solve started from, unchanged; None where it started from none."""
    if report.timing.start_path is None:
        return None
    path = folder / report.timing.start_path
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != report.provenance.options.get("start"):
        raise InputError([_changed_input(report.timing.start_path)])
    return path


def _changed(source: Source, name: str, digest: str) -> bool:
    path = source.folder / name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != digest


def _changed_input(name: str) -> Finding:
    message = f"{name} is not what the plan was made from."
    return Finding(Level.ERROR, "changed-input", message, "Maybe solve again, or bring the old file back.", file=name)


def _recorded_run(report: Report) -> Run:
    source, timing = report.provenance, report.timing
    return Run(source.command, timing.started, timing.seconds, timing.scenario_path, source.scenario_sha256, None)


def _tables(folder: Path, answer: Answer, rebuilt: Report) -> Iterator[Check]:
    tables = {
        PLAN: plan_rows(answer),
        TERRITORIES: territory_table(rebuilt),
        QUOTAS: quota_rows(rebuilt.quotas),
        ACCOUNTS: account_rows(answer),
    }
    for name, rows in tables.items():
        if rows is not None:
            differences = row_differences(stored_rows(folder, name), rows)
            yield _told(name, differences, "every cell follows from the plan and the inputs")


def _hedge(report: Report, rebuilt: Report) -> Iterator[Check]:
    """Draw the fresh draws again and hold the hedge against them; its cost only the solve knows."""
    old, new = report.hedge, rebuilt.hedge
    if old is None and new is None:
        return
    if old is None or new is None or _drawn(old) != _drawn(new):
        yield Check("hedge", Verdict.WRONG, "it does not keep the fresh draws that are claimed.")
        return
    yield Check("hedge", Verdict.PROVED, f"every territory is in band in {100 * new.kept:g} % of {new.draws} draws.")
    if old.plain_value is not None:
        yield Check("hedge", Verdict.TRUSTED, f"that it costs {old.cost_value:+.4g} in value is what the solver found.")


def _drawn(hedge: HedgeFigure) -> tuple[float, bool, float, int]:
    return hedge.kept, hedge.met, hedge.ceiling, hedge.draws


def _rules(report: Report, rebuilt: Report, impossible: bool) -> Check:
    """Hold the claimed status against the rules that the plan really breaks, and what the pairs alone prove."""
    broken = len(rebuilt.broken)
    claims_feasible = report.status in (Status.OPTIMAL, Status.FEASIBLE)
    if claims_feasible and broken:
        return Check("rules", Verdict.WRONG, f"the plan is called {report.status} but breaks {broken} hard rules.")
    if not broken:
        return Check("rules", Verdict.PROVED, "the plan keeps every hard rule.")
    text = f"the plan breaks {broken} hard rules, as the report says"
    if report.status == Status.INFEASIBLE and not impossible:
        return Check("rules", Verdict.TRUSTED, f"{text}; that no plan can keep them was proved by the solver only.")
    return Check("rules", Verdict.PROVED, f"{text}.")


def _told(subject: str, differences: Iterable[str], holds: str) -> Check:
    found = list(differences)
    if not found:
        return Check(subject, Verdict.PROVED, f"{holds}.")
    rest = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return Check(subject, Verdict.WRONG, "; ".join(found[:SHOWN]) + rest)
