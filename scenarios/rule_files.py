"""Rules, inline or from CSV files, as one list a kind with the place each was written at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from geodata.findings import Finding, Level
from scenarios.document import Apart, PairRule, Rules, Together
from scenarios.document_errors import findings_of
from scenarios.near_names import listed, maybe, plain
from scenarios.tables import read_table
from scenarios.yaml_text import Tree

Rule = TypeVar("Rule", PairRule, Together, Apart)


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
    lock, lock_findings = _placed(rules.lock, PairRule, folder, "rules.lock")
    forbid, forbid_findings = _placed(rules.forbid, PairRule, folder, "rules.forbid")
    together, together_findings = _placed(rules.together, Together, folder, "rules.together")
    apart, apart_findings = _placed(rules.apart, Apart, folder, "rules.apart")
    findings = (*lock_findings, *forbid_findings, *together_findings, *apart_findings)
    return RuleLists(lock, forbid, together, apart), findings


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
    table = read_table(folder / label, label)
    names, findings = _columns([str(name) for name in table.frame.columns], kind, label)
    found = [*table.findings, *findings]
    placed: list[Placed[Rule]] = []
    frame = table.frame[list(names)].set_axis(list(names.values()), axis=1)
    for index, cells in zip(frame.index, frame.to_dict("records"), strict=True):
        row = int(index) + 1
        try:
            rule = kind.model_validate(_as_written({str(name): text for name, text in cells.items()}))
        except ValidationError as error:
            found += [_at_row(finding, label, row) for finding in findings_of(error, Tree(None, {}), whole="the rule")]
        else:
            placed.append(Placed(rule, label, row, field))
    return tuple(placed), listed(found)


def _columns(headers: list[str], kind: type[Rule], label: str) -> tuple[dict[str, str], list[Finding]]:
    """Return the field that each header names, and notes on headers that name none."""
    names: dict[str, str] = {}
    findings: list[Finding] = []
    for header in headers:
        field = next((name for name in kind.model_fields if plain(name) == plain(header)), None)
        if field is not None and field not in names.values():
            names[header] = field
            continue
        message = f"{label}: the column {header} is not used."
        hint = maybe(header, kind.model_fields)
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
