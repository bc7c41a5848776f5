"""Recorded figures against recomputed ones: text must be equal, numbers equal but for rounding."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from scenarios.export.tables import Rows
from scenarios.export.text import cell_text
from scenarios.report.model import Report

RELATIVE = 1e-9
"""Largest relative difference that counts as rounding."""
RECOMPUTED = ("schema_version", "name", "value", "violation", "goals", "territories", "today", "changes", "quotas")
"""Parts of the report that follow from plan and inputs alone."""
EXPLAINED = ("cause", "evidence")
"""What a solver adds to a broken rule."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


def figure_differences(recorded: Report, computed: Report) -> Iterator[str]:
    """Yield every figure of the recorded report that does not follow from plan and inputs."""
    old, new = recorded.model_dump(mode="json"), computed.model_dump(mode="json")
    for part in RECOMPUTED:
        yield from json_differences(old[part], new[part], part)
    yield from json_differences(_unexplained(old["broken"]), _unexplained(new["broken"]), "broken")
    if recorded.contribution is not None:
        # The bound on contribution rests on the solver's bound, which a plan alone does not have.
        money = {**old["contribution"], "bound": None}
        yield from json_differences(money, new["contribution"] | {"bound": None}, "contribution")
    known = [finding for finding in old["findings"] if finding in new["findings"]]
    yield from json_differences(known, new["findings"], "findings")
    yield from json_differences(old["provenance"]["scenario"], new["provenance"]["scenario"], "provenance.scenario")


def json_differences(recorded: Any, computed: Any, place: str = "") -> Iterator[str]:
    """Yield where two JSON values differ by more than rounding."""
    if isinstance(recorded, dict) and isinstance(computed, dict) and recorded.keys() == computed.keys():
        for name, value in recorded.items():
            yield from json_differences(value, computed[name], f"{place}.{name}".lstrip("."))
    elif isinstance(recorded, list) and isinstance(computed, list) and len(recorded) == len(computed):
        for index, (old, new) in enumerate(zip(recorded, computed, strict=True)):
            yield from json_differences(old, new, f"{place}[{index}]")
    elif not _same(recorded, computed):
        yield f"{place} is {_short(recorded)}, recomputed {_short(computed)}"


def row_differences(recorded: Sequence[Sequence[str]], computed: Rows | None) -> Iterator[str]:
    """Yield where a CSV file differs from its table by more than rounding."""
    table = [] if computed is None else [computed.columns, *computed.cells]
    if len(recorded) != len(table):
        yield f"{len(recorded)} lines, recomputed {len(table)}"
        return
    for line, (old, cells) in enumerate(zip(recorded, table, strict=True), start=1):
        new = [cell_text(cell) for cell in cells]
        if len(old) != len(new) or not all(map(_same_text, old, new)):
            differing = next((pair for pair in zip(old, new, strict=False) if not _same_text(*pair)), (old, new))
            yield f"line {line} has {_short(differing[0])}, recomputed {_short(differing[1])}"


def _unexplained(broken: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in rule.items() if name not in EXPLAINED} for rule in broken]


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, int | float) and isinstance(new, int | float):
        return math.isclose(old, new, rel_tol=RELATIVE, abs_tol=RELATIVE)
    return type(old) is type(new) and bool(old == new)


def _same_text(old: str, new: str) -> bool:
    if _NUMBER.fullmatch(old) and _NUMBER.fullmatch(new):
        return math.isclose(float(old), float(new), rel_tol=RELATIVE, abs_tol=RELATIVE)
    return old == new


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
