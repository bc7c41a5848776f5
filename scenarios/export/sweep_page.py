"""The page of a sweep: one HTML file, readable without a network, with the front and the proposals."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from importlib.resources import files

from geodata.draw.text import inert
from scenarios.export.files import MAP
from scenarios.sweep.model import PointFigure, SweepReport
from scenarios.sweep.telling import (
    WITH_PLAN,
    best_of,
    heading,
    point_of,
    summary,
    told_figure,
    told_gap,
    told_values,
    trouble,
)

NUMBER = ' class="number"'
BEST = ' class="number best"'


def sweep_page(report: SweepReport, picture: bytes) -> bytes:
    """Return the page; `picture` is the front as SVG."""
    style = (files("geodata.draw") / "assets" / "sweep.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    parts = [
        f"<h1>{inert(report.name)}: proposals</h1>",
        f"<p>{inert(summary(report))}</p>",
        *_proposals(report),
        *_front(report, picture),
        *_differences(report),
        *_points(report),
        *_troubles(report),
    ]
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{inert(report.name)}: proposals</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def _proposals(report: SweepReport) -> Iterable[str]:
    if not report.proposals:
        return
    yield "<h2>Proposals</h2>"
    yield (
        "<p>The best figure of each column is marked. The gap says how much better, at most, any plan with the same "
        "wishes could be.</p>"
    )
    headings = [
        "",
        "",
        *(f"{heading(axis)}, {axis.better} is better" for axis in report.goals),
        "gap",
        "what it asks for",
    ]
    rows = [_today(report)] if report.today else []
    for proposal in report.proposals:
        point = point_of(report, proposal)
        name = f'<a href="{proposal.folder}/{MAP}">Proposal {proposal.proposal}</a><br><small>{point.point}</small>'
        figures = [
            _cell(told_figure(axis, point.figures), BEST if _is_best(report, point, axis.name) else NUMBER)
            for axis in report.goals
        ]
        rows.append(
            _row(
                [
                    f"<td>{name}</td>",
                    _cell(proposal.why),
                    *figures,
                    _cell(told_gap(point), NUMBER),
                    _cell(told_values(point)),
                ]
            )
        )
    yield _table(headings, rows)


def _is_best(report: SweepReport, point: PointFigure, name: str) -> bool:
    axis = next(axis for axis in report.goals if axis.name == name)
    return told_figure(axis, point.figures) == best_of(report, axis)


def _today(report: SweepReport) -> str:
    figures = [_cell(told_figure(axis, report.today or {}), NUMBER) for axis in report.goals]
    return _row(["<td>Today</td>", _cell("the current plan"), *figures, "<td></td>", "<td></td>"], ' class="today"')


def _front(report: SweepReport, picture: bytes) -> Iterable[str]:
    if report.proposals:
        yield "<h2>The front</h2>"
        data = base64.b64encode(picture).decode()
        words = "Every plan by pairs of goals; the table of what-ifs has the figures."
        yield f'<img alt="{words}" src="data:image/svg+xml;base64,{data}">'


def _differences(report: SweepReport) -> Iterable[str]:
    if not report.differences:
        return
    yield "<h2>How much the proposals differ</h2>"
    headings = ["proposals", *(f"{axis.label}, %" for axis in report.goals), "potential with another rep, %"]
    rows = [
        _row(
            [
                _cell(f"{item.proposals[0]} and {item.proposals[1]}"),
                *(_cell(f"{item.percent[axis.name]:.1f}", NUMBER) for axis in report.goals),
                _cell(f"{item.other_hands_percent:.1f}", NUMBER),
            ]
        )
        for item in report.differences
    ]
    yield _table(headings, rows)


def _points(report: SweepReport) -> Iterable[str]:
    yield "<h2>Every what-if</h2>"
    headings = ["", "what it asks for", "status", *map(heading, report.goals), "gap", ""]
    rows = []
    for point in report.points:
        role = f"proposal {point.proposal}" if point.proposal else "on the front" if point.on_front else ""
        shown = point.figures if point.status in WITH_PLAN else {}
        figures = [_cell(told_figure(axis, shown), NUMBER) for axis in report.goals]
        rows.append(
            _row(
                [
                    _cell(point.point),
                    _cell(told_values(point)),
                    _cell(point.status),
                    *figures,
                    _cell(told_gap(point), NUMBER),
                    _cell(role),
                ]
            )
        )
    yield _table(headings, rows)


def _troubles(report: SweepReport) -> Iterable[str]:
    without = [point for point in report.points if point.status not in WITH_PLAN]
    if without:
        yield "<h2>What-ifs without a plan</h2>"
        items = "".join(
            f"<li><strong>{point.point}</strong> ({inert(told_values(point))}): {inert(trouble(point))}</li>"
            for point in without
        )
        yield f"<ul>{items}</ul>"


def _cell(text: str, kind: str = "") -> str:
    return f"<td{kind}>{inert(text)}</td>"


def _row(cells: Sequence[str], kind: str = "") -> str:
    return f"<tr{kind}>{''.join(cells)}</tr>"


def _table(headings: Sequence[str], rows: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{inert(text)}</th>' for text in headings)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
