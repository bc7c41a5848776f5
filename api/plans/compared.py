"""Stored plans held side by side, as `territory compare` does."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from api.plans.files import Kept, lay_out_plan
from scenarios.compare.align import aligned
from scenarios.compare.build import compare
from scenarios.compare.model import Comparison
from scenarios.compare.side import Side, read_sides
from scenarios.report.part import Part
from scenarios.store.tables.studies import StoredPlan, Study

SHORT = 8
"""Last digits of a plan's id that tell plans of the same name apart."""


class PlanSource(Part):
    """Where one of the plans is stored."""

    key: str = Field(description="Key of the plan.")
    scenario_id: str = Field(description="Its scenario.")
    plan_id: str = Field(description="The plan.")


class StoredComparison(Comparison):
    """A comparison as `territory compare --json` tells it, and where its plans are stored."""

    sources: list[PlanSource]


@dataclass(frozen=True)
class Compared:
    """A comparison and what it was made of."""

    sides: tuple[Side, ...]
    comparison: StoredComparison


Chosen = tuple[Study, StoredPlan]
"""A plan to be compared, with its scenario."""


def compared(kept: Kept, chosen: Sequence[Chosen]) -> Compared:
    """Return plans held side by side; raises InputError where there are none or too many."""
    with tempfile.TemporaryDirectory(prefix="territory-") as name:
        folders = [_laid_out(kept, one, Path(name)) for one in chosen]
        sides = aligned(read_sides(folders, None, [study.name for study, _ in chosen]))
    sources = [
        PlanSource(key=side.key, scenario_id=study.id, plan_id=plan.id)
        for side, (study, plan) in zip(sides, chosen, strict=True)
    ]
    told = compare(sides)
    fields = {name: getattr(told, name) for name in Comparison.model_fields}
    return Compared(sides, StoredComparison(sources=sources, **fields))


def _laid_out(kept: Kept, chosen: Chosen, parent: Path) -> Path:
    """Write what a comparison reads of a plan into a folder of its own."""
    study, plan = chosen
    folder = parent / plan.id[-SHORT:]
    folder.mkdir(exist_ok=True)
    return lay_out_plan(kept, study, plan, folder)
