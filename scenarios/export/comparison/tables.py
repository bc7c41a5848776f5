"""A comparison as tables: what its CSV files and its workbook hold."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.compare.model import TODAY, Comparison, Holding, RepChange, Turnover
from scenarios.export.tables import Cell, Rows


def tables(comparison: Comparison) -> dict[str, Rows]:
    """Return the tables by name: plans, figures, reps, moves, inputs."""
    return {
        "plans": _plans(comparison),
        "figures": _figures(comparison),
        "reps": _reps(comparison),
        "moves": _moves(comparison),
        "inputs": _inputs(comparison),
    }


def called(comparison: Comparison) -> dict[str, str]:
    """Return what each plan is called in a heading, by key."""
    return {TODAY: TODAY, **{plan.key: f"{plan.key} {plan.name}" for plan in comparison.plans}}


def _plans(comparison: Comparison) -> Rows:
    columns = ("key", "name", "source", "status", "value", "bound", "gap")
    return Rows(columns, tuple(tuple(getattr(plan, name) for name in columns) for plan in comparison.plans))


def _figures(comparison: Comparison) -> Rows:
    names, keys = called(comparison), [plan.key for plan in comparison.plans]
    heads = [names[key] for key in keys]
    columns = ("figure", "label", "unit", "better", TODAY, *heads, *(f"{head} - {heads[0]}" for head in heads[1:]))
    columns = (*columns, *(f"{head} - today" for head in heads))
    return Rows(
        columns,
        tuple(
            (
                figure.name,
                figure.label,
                figure.unit,
                figure.better or "",
                figure.today,
                *(figure.amounts[key] for key in keys),
                *(figure.differences[key] for key in keys[1:]),
                *(figure.from_today[key] for key in keys),
            )
            for figure in comparison.figures
        ),
    )


def _measures(comparison: Comparison) -> list[str]:
    return list(dict.fromkeys(name for shift in comparison.shifts for name in shift.moved_percent))


def _reps(comparison: Comparison) -> Rows:
    names, measures = called(comparison), _measures(comparison)
    held = ("units", "accounts", *measures, *(f"{name} index" for name in measures), "mean km", "fit")
    turned = ("units", "accounts", *measures)
    heads = [f"{name} {when}" for when in ("before", "after") for name in held]
    heads += [f"{name} {what}" for what in ("gained", "lost") for name in turned]
    cells = [
        (names[shift.before], names[shift.after], rep.rep, rep.name, *_rep_cells(rep, measures))
        for shift in comparison.shifts
        for rep in shift.reps
    ]
    return Rows(("from", "to", "rep", "name", *heads), tuple(cells))


def _rep_cells(rep: RepChange, measures: Sequence[str]) -> list[Cell]:
    cells: list[Cell] = []
    for holding in (rep.before, rep.after):
        cells += [None] * (4 + 2 * len(measures)) if holding is None else _held(holding, measures)
    for turnover in (rep.gained, rep.lost):
        cells += _turned(turnover, measures)
    return cells


def _held(holding: Holding, measures: Sequence[str]) -> list[Cell]:
    loads = [*(holding.loads.get(name) for name in measures), *(holding.index.get(name) for name in measures)]
    return [holding.units, holding.accounts, *loads, holding.mean_km, holding.fit]


def _turned(turnover: Turnover, measures: Sequence[str]) -> list[Cell]:
    return [turnover.units, turnover.accounts, *(turnover.loads.get(name) for name in measures)]


def _moves(comparison: Comparison) -> Rows:
    names, measures = called(comparison), _measures(comparison)
    columns = ("from", "to", "unit", "name", "share", "rep before", "rep after", "avoidable", *measures)
    cells = [
        (
            names[shift.before],
            names[shift.after],
            move.unit,
            move.name,
            move.share,
            move.before,
            move.after,
            move.avoidable,
            *(move.loads.get(name) for name in measures),
        )
        for shift in comparison.shifts
        for move in shift.moves
    ]
    return Rows(columns, tuple(cells))


def _inputs(comparison: Comparison) -> Rows:
    names = called(comparison)
    first = names[comparison.plans[0].key]
    cells = [
        (names[change.plan], change.kind, change.place, value_text(change.before), value_text(change.after))
        for change in comparison.inputs
    ]
    return Rows(("plan", "what", "place", first, "there"), tuple(cells))


def value_text(value: Any) -> str:
    """Return a value of an input as people read it: fields as `name: value`, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {value_text(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "; ".join(value_text(inner) for inner in value)
    return value if isinstance(value, str) else json.dumps(value)
