"""The files of a sweep: tables, pictures and the page; and the folder of each proposal."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from geodata.draw.front import FrontPoint, FrontView, draw_front
from scenarios.export.files import ALL
from scenarios.export.folder import prepare_folder, write_files
from scenarios.export.sweep_page import sweep_page
from scenarios.export.tables import Cell, Rows
from scenarios.export.text import csv_bytes, json_bytes
from scenarios.export.write import write_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import dump, read
from scenarios.refresh.document import moved
from scenarios.report.answer import solved_answer
from scenarios.report.build import build_report
from scenarios.report.provenance import Run
from scenarios.sweep.model import AxisFigure, PointFigure, SweepReport
from scenarios.sweep.report import folder_name
from scenarios.sweep.sweep import Sweep
from scenarios.sweep.telling import WITH_PLAN, heading
from scenarios.sweep.vary import changed, told

JSON, CSV, PAGE, PNG, SVG = "sweep.json", "sweep.csv", "sweep.html", "front.png", "front.svg"
SCENARIO = "scenario.yaml"
_HEAD = "# Written by `territory sweep`: the scenario of one proposal, with the values of its point.\n"
_NUMBERS = ("status", "value", "bound", "gap")


def sweep_files(report: SweepReport) -> dict[str, bytes]:
    """Return the files that stand beside the folders of the proposals; sweep.json is the last one."""
    view = _front_view(report)
    picture = draw_front(view, "svg")
    return {
        CSV: csv_bytes(sweep_rows(report)),
        PNG: draw_front(view, "png"),
        SVG: picture,
        PAGE: sweep_page(report, picture),
        JSON: json_bytes(report.model_dump(mode="json")),
    }


def sweep_rows(report: SweepReport) -> Rows:
    """Return sweep.csv: one row a point."""
    goals = [axis.name for axis in report.goals]
    columns = ("point", "why", *report.parameters, *_NUMBERS, *goals, "on_front", "proposal", "reasons")
    return Rows(columns, tuple(_row(point, report.parameters, goals) for point in report.points))


def _row(point: PointFigure, parameters: list[str], goals: list[str]) -> tuple[Cell, ...]:
    values = [told(point.values[path]) if path in point.values else None for path in parameters]
    numbers = [getattr(point, name) for name in _NUMBERS]
    amounts = [point.figures.get(goal) for goal in goals]
    reasons = "; ".join([*point.reasons, *(finding.message for finding in point.findings)])
    return (point.point, point.why, *values, *numbers, *amounts, point.on_front, point.proposal, reasons)


def write_proposals(out: Path, found: Sweep, started: datetime, *, draws_map: bool) -> list[str]:
    """Write a folder for each proposal, empty those of an earlier sweep, and return the folders' names."""
    names = []
    for number in range(1, len(found.proposals) + 1):
        names.append(folder_name(number))
        prepare_folder(out / names[-1])
        _write_proposal(out / names[-1], found, found.proposals[number - 1].row, started, draws_map=draws_map)
    _remove_earlier(out, len(names))
    return names


def _write_proposal(folder: Path, found: Sweep, index: int, started: datetime, *, draws_map: bool) -> None:
    """Write the scenario of a point, told from its folder, and the files of its plan."""
    document = changed(found.source, found.points[index].values)
    scenario = moved(document.scenario, found.source.folder, folder, {})
    write_files(folder, {SCENARIO: (_HEAD + dump(scenario)).encode()})
    source = read(folder / SCENARIO)
    answer = solved_answer(prepare(source), found.results[index])
    run = Run("solve", started, found.solved(index).seconds, SCENARIO, source.text_sha256, found.options)
    write_plan(folder, answer, build_report(answer, run), draws_map=draws_map)


def _remove_earlier(out: Path, count: int) -> None:
    """Remove the files of proposals that an earlier sweep had beyond the last one, and their folders if empty."""
    number = count + 1
    while (folder := out / folder_name(number)).is_dir():
        for name in (*ALL, SCENARIO):
            (folder / name).unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()
        number += 1


def _arrowed(axis: AxisFigure) -> str:
    """Return the label of an axis with an arrow; it turns with the text, so it is right on both axes."""
    return f"← {heading(axis)}" if axis.better == "lower" else f"{heading(axis)} →"


def _front_view(report: SweepReport) -> FrontView:
    names = [axis.name for axis in report.goals]

    def amounts(figures: Mapping[str, float]) -> tuple[float, ...]:
        return tuple(figures[name] for name in names)

    return FrontView(
        title=f"{report.name}: {len(report.proposals)} proposals",
        subtitle="Each dot is a plan that keeps every hard rule; arrows point to what is better.",
        axes=tuple(_arrowed(axis) for axis in report.goals),
        points=tuple(
            FrontPoint(point.point, amounts(point.figures), point.on_front, point.proposal)
            for point in report.points
            if point.status in WITH_PLAN
        ),
        today=amounts(report.today) if report.today and all(name in report.today for name in names) else None,
    )
