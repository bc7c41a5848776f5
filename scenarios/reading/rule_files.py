"""Rules, inline or from CSV files, as one list a kind with the place each was written at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from geodata.findings import Finding, Level
from scenarios.document.errors import findings_of
from scenarios.document.rules import RulePattern
from scenarios.document.scenario import Apart, PairRule, Part, Rules, Together
from scenarios.formula_guard import unguarded
from scenarios.near_names import listed, maybe, plain
from scenarios.reading.yaml_text import Tree
from scenarios.tables.table import read_table

Rule = TypeVar("Rule", bound=Part)


@dataclass(frozen=True)
class Placed(Generic[Rule]):
    """A rule and where it was written: `file` is "" and `row` None for inline rules; `field` e.g. "rules.lock[0]"."""

    rule: Rule
    file: str
    row: int | None
    field: str


@dataclass(frozen=True)
class RuleLists:
    """Every rule, in the order written."""

    lock: tuple[Placed[PairRule], ...]
    forbid: tuple[Placed[PairRule], ...]
    together: tuple[Placed[Together], ...]
    apart: tuple[Placed[Apart], ...]


def read_rules(rules: Rules, folder: Path) -> tuple[RuleLists, tuple[Finding, ...]]:
    """Return all rules, with those of CSV files read; `folder` is what their names are relative to."""
    add, remove = rules.add, rules.remove
    lock, lock_findings = _edited(rules.lock, PairRule, folder, "lock", add.lock, remove.lock)
    forbid, forbid_findings = _edited(rules.forbid, PairRule, folder, "forbid", add.forbid, remove.forbid)
    together, together_findings = _edited(rules.together, Together, folder, "together", add.together, remove.together)
    apart, apart_findings = _edited(rules.apart, Apart, folder, "apart", add.apart, remove.apart)
    findings = (*lock_findings, *forbid_findings, *together_findings, *apart_findings)
    return RuleLists(lock, forbid, together, apart), findings


def _edited(
    given: list[Rule] | Rule | str,
    kind: type[Rule],
    folder: Path,
    name: str,
    added: Sequence[Rule],
    removed: Sequence[RulePattern],
) -> tuple[tuple[Placed[Rule], ...], tuple[Finding, ...]]:
    """Return the rules of one kind without those removed and with those added."""
    placed, findings = _placed(given, kind, folder, f"rules.{name}")
    kept = tuple(one for one in placed if not any(_fits(one.rule, pattern) for pattern in removed))
    more = tuple(Placed(rule, "", None, f"rules.add.{name}[{i}]") for i, rule in enumerate(added))
    idle = (i for i, pattern in enumerate(removed) if not any(_fits(one.rule, pattern) for one in placed))
    return (*kept, *more), (*findings, *(_idle_removal(f"rules.remove.{name}[{i}]") for i in idle))


def _fits(rule: Part, pattern: RulePattern) -> bool:
    """Return whether a rule has every field of a pattern; lists of units in any order."""
    wanted = pattern.model_dump(exclude_none=True)
    has = {name: getattr(rule, name, None) for name in wanted}
    return all(
        sorted(has[name] or ()) == sorted(value) if name == "units" else has[name] == value
        for name, value in wanted.items()
    )


def _idle_removal(field: str) -> Finding:
    message = f"{field} fits no rule, so it removes nothing."
    return Finding(Level.WARNING, "idle-removal", message, "Maybe one of its values is wrong.", field=field)


def _placed(
    given: list[Rule] | Rule | str, kind: type[Rule], folder: Path, field: str
) -> tuple[tuple[Placed[Rule], ...], tuple[Finding, ...]]:
    if isinstance(given, str):
        return _from_file(given, kind, folder, field)
    if isinstance(given, list):
        return tuple(Placed(rule, "", None, f"{field}[{i}]") for i, rule in enumerate(given)), ()
    return (Placed(given, "", None, field),), ()


def _from_file(
    label: str, kind: type[Rule], folder: Path, field: str
) -> tuple[tuple[Placed[Rule], ...], tuple[Finding, ...]]:
    rows, findings = _written_rows(label, list(kind.model_fields), folder)
    placed: list[Placed[Rule]] = []
    wrong: list[Finding] = []
    for row, written in rows:
        try:
            placed.append(Placed(kind.model_validate(written), label, row, field))
        except ValidationError as error:
            wrong += [_at_row(finding, label, row) for finding in findings_of(error, Tree(None, {}), whole="the rule")]
    return tuple(placed), (*findings, *listed(wrong))


def _written_rows(
    label: str, fields: list[str], folder: Path
) -> tuple[list[tuple[int, dict[str, Any]]], tuple[Finding, ...]]:
    """Return each row's number and its rule as the document would hold it."""
    table = read_table(folder / label, label)
    names, findings = _columns([str(name) for name in table.frame.columns], fields, label)
    cells = table.frame[list(names)].map(unguarded).set_axis(list(names.values()), axis=1).to_dict("records")
    rows = [int(index) + 1 for index in table.frame.index]
    written = [_as_written({str(name): str(text) for name, text in row.items()}) for row in cells]
    return list(zip(rows, written, strict=True)), (*table.findings, *findings)


def _columns(headers: list[str], fields: list[str], label: str) -> tuple[dict[str, str], list[Finding]]:
    """Return the field that each header names, and notes on headers that name none."""
    names: dict[str, str] = {}
    findings: list[Finding] = []
    for header in headers:
        field = next((name for name in fields if plain(name) == plain(header)), None)
        if field is not None and field not in names.values():
            names[header] = field
            continue
        message = f"{label}: the column {header} is not used."
        hint = maybe(header, fields)
        findings.append(Finding(Level.WARNING, "unused-column", message, hint, file=label, field=header, value=header))
    return names, findings


def _as_written(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a row as the document would hold it: blanks left out, lists of units and `where` taken apart."""
    rule: dict[str, Any] = {name: text for name, text in cells.items() if text}
    if "units" in rule:
        units = rule["units"].split(";") if ";" in rule["units"] else rule["units"].split()
        rule["units"] = [unit.strip() for unit in units if unit.strip()]
    if "where" in rule:
        pairs = (pair.partition("=") for pair in rule["where"].split(";"))
        rule["where"] = {name.strip(): value.strip() for name, _, value in pairs}
    return rule


def _at_row(finding: Finding, label: str, row: int) -> Finding:
    message = f"{label}, row {row}: {finding.message}"
    return replace(finding, file=label, row=row, message=message)
