"""Skills: which units ask for the same, and how well each rep fits them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import BoolArray, SingleArray
from scenarios.document.scenario import Skill
from scenarios.near_names import maybe
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import counted, some


@dataclass(frozen=True, eq=False)
class SkillFit:
    """Fit of reps to classes of rows.

    Attributes
    ----------
    fit : (n_classes, n_seats) float32
    fit_class : (n_rows,) int32
    banned : (n_classes, n_seats) bool
    """

    fit: SingleArray
    fit_class: IntArray
    banned: BoolArray


def skill_values(skills: Sequence[Skill], table: UnitTable) -> tuple[str, ...]:
    """Return every value of the units' skill columns, each once, in the order met; blanks left out."""
    values: dict[str, None] = {}
    for skill in skills:
        cells = table.cells(skill.column)
        if cells is not None:
            values.update(dict.fromkeys(value for value in cells.unique() if value != ""))
    return tuple(values)


def fit_of(skills: Sequence[Skill], table: UnitTable, team: Team) -> tuple[SkillFit, tuple[Finding, ...]]:
    """Return how well each seat fits each class of units.

    Units with the same values form a class. The fit of a class is the weighted mean of the reps' fits to its values;
    a blank value fits everybody. Free seats fit everything.
    """
    known = [(i, skill) for i, skill in enumerate(skills) if table.cells(skill.column) is not None]
    findings = [*_unknown_columns(skills, table), *_blanks(known, table), *_unknown_values(known, table, team)]
    if team.is_free and skills:
        findings.append(_ignored())
    kinds, fit_class = _classes([skill for _, skill in known], table)
    fit, banned = _tables([skill for _, skill in known], kinds, team)
    return SkillFit(fit, fit_class, banned), tuple(findings)


def _classes(skills: Sequence[Skill], table: UnitTable) -> tuple[list[tuple[str, ...]], IntArray]:
    columns = [list(cells) for skill in skills if (cells := table.cells(skill.column)) is not None]
    kinds: dict[tuple[str, ...], int] = {}
    rows = zip(*columns, strict=True) if columns else [()] * len(table)
    fit_class = np.array([kinds.setdefault(tuple(row), len(kinds)) for row in rows], dtype=np.int32)
    return list(kinds), fit_class


def _tables(skills: Sequence[Skill], kinds: Sequence[tuple[str, ...]], team: Team) -> tuple[SingleArray, BoolArray]:
    fit = np.ones((len(kinds), len(team.seats)), dtype=np.float64)
    banned = np.zeros(fit.shape, dtype=np.bool_)
    if not team.is_free and skills:
        weight = np.array([skill.weight for skill in skills])
        weight /= weight.max()
        for i, kind in enumerate(kinds):
            one = np.array([[_fit(rep.skills, value) for rep in team.seated] for value in kind])
            fit[i] = weight @ one / weight.sum()
            banned[i] = (one[[skill.required for skill in skills]] == 0.0).any(axis=0)
    return np.clip(fit, 0.0, 1.0).astype(np.float32), banned


def _fit(fits: Mapping[str, float], value: str) -> float:
    """Return a rep's fit; a blank value, and one whose column is missing (an error elsewhere), fit everybody."""
    return fits.get(value, 1.0) if value else 1.0


def _unknown_columns(skills: Sequence[Skill], table: UnitTable) -> Iterator[Finding]:
    for i, skill in enumerate(skills):
        if table.cells(skill.column) is None:
            message = f"{table.label} has no column {skill.column}."
            hint, field = maybe(skill.column, table.columns), f"skills[{i}].column"
            yield Finding(Level.ERROR, "unknown-column", message, hint, table.label, field=field, value=skill.column)


def _blanks(known: Sequence[tuple[int, Skill]], table: UnitTable) -> Iterator[Finding]:
    for _, skill in known:
        cells = table.cells(skill.column)
        blank = np.flatnonzero(cells == "") if cells is not None else np.empty(0)
        if len(blank):
            message = f"{some(table.ids, blank)} have no {skill.column}; every rep fits them."
            yield Finding(Level.NOTE, "blank-skill", message, "", table.label, field=skill.column)


def _unknown_values(known: Sequence[tuple[int, Skill]], table: UnitTable, team: Team) -> Iterator[Finding]:
    """Yield the values of the units that no column of the reps stands for."""
    if team.is_free or not team.reps:
        return
    columns = list(team.reps[0].skills)
    for _, skill in known:
        cells = table.cells(skill.column)
        counts = {} if cells is None else Counter(cells.tolist())
        for value, count in counts.items():
            if value != "" and any(value not in rep.skills for rep in team.seated):
                many = counted(count, "unit has", "units have")
                message = f"{many} the {skill.column} {value}, but {team.label} has no column {value}."
                hint, field = maybe(value, columns), skill.column
                yield Finding(Level.ERROR, "unknown-skill", message, hint, team.label, field=field, value=value)


def _ignored() -> Finding:
    message = "Skills play no part in the design of free territories, which are matched to reps afterwards."
    return Finding(Level.WARNING, "skills-without-reps", message, "Maybe leave out reps.count.", field="skills")
