"""Planners' parts, read from result folders or plan files."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geodata.findings import Finding, InputError, Level, has_errors
from scenarios.export.files import PLAN
from scenarios.export.text import csv_bytes
from scenarios.family.merge import Merged, Owner, PartPlan, merge
from scenarios.family.scope import FROZEN, WAITING
from scenarios.formula_guard import unguarded
from scenarios.prepare.plan import missing_columns
from scenarios.tables.table import read_table

CONFLICTS = "conflicts.csv"


def merge_files(paths: Sequence[Path]) -> Merged:
    """Read and merge parts; raises InputError where one cannot be read or a unit stands in it without being split."""
    names = part_names(paths)
    return merge([read_part(path, name) for path, name in zip(paths, names, strict=True)])


def merged_files(merged: Merged) -> dict[str, bytes]:
    """Return the files of a merge by name."""
    return {PLAN: csv_bytes(merged.plan), CONFLICTS: csv_bytes(merged.conflicts)}


def part_names(paths: Sequence[Path]) -> list[str]:
    """Return a short name for each folder or file, with as much of its path as makes all differ."""
    whole = [path.resolve() for path in paths]
    heads = [path if path.is_dir() or path.name != PLAN else path.parent for path in whole]
    for depth in range(1, max(len(path.parts) for path in heads) + 1):
        names = ["/".join(path.parts[-depth:]) for path in heads]
        if len(set(names)) == len(names):
            return names
    return [f"{name} ({i + 1})" for i, name in enumerate(names)]


def read_part(path: Path, name: str) -> PartPlan:
    """Read one part: a folder with plan.csv, or a table with the columns of one."""
    file = path / PLAN if path.is_dir() else path
    table = read_table(file, f"{name}/{PLAN}" if path.is_dir() else path.name)
    findings = [*table.findings]
    findings += missing_columns(table.frame, file.name) if not has_errors(findings) else []
    if has_errors(findings):
        raise InputError(findings)
    frame = table.frame.map(unguarded)
    cells = {column: _column(frame, column) for column in ("unit", "name", "territory", "rep", "share", "reason")}
    return _part(name, file.name, cells)


def _part(name: str, label: str, cells: dict[str, list[str]]) -> PartPlan:
    owners: dict[str, list[tuple[str, str, str]]] = {}
    columns = (cells[column] for column in ("unit", "territory", "rep", "share", "reason"))
    for unit, territory, rep, share, reason in zip(*columns, strict=True):
        row = ("", "", share or "1") if reason == WAITING else (territory, rep, share or "1")
        owners.setdefault(unit, []).append(row)
    twice = [unit for unit, rows in owners.items() if len(rows) > 1 and any(share == "1" for *_, share in rows)]
    if twice:
        raise InputError([_repeated(unit, label) for unit in twice])
    held: dict[str, Owner] = {unit: tuple(sorted(rows)) for unit, rows in owners.items()}
    frozen = frozenset(
        unit for unit, why in zip(cells["unit"], cells["reason"], strict=True) if why in (FROZEN, WAITING)
    )
    return PartPlan(name, held, dict(zip(cells["unit"], cells["name"], strict=True)), frozen)


def _column(frame: pd.DataFrame, name: str) -> list[str]:
    return frame[name].astype(str).tolist() if name in frame.columns else [""] * len(frame)


def _repeated(unit: str, label: str) -> Finding:
    message = f"The unit {unit} stands in several rows of {label} and is not split."
    return Finding(Level.ERROR, "duplicate-unit", message, "Maybe remove all but one.", label, field="unit", value=unit)
