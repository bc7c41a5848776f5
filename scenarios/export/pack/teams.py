"""Who gets a pack: each manager, or each region where the reps have no managers."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from scenarios.export.written import WrittenPlan
from scenarios.report.model import TerritoryFigure


@dataclass(frozen=True)
class Team:
    """The territories of one manager or region.

    Attributes
    ----------
    kind : "manager" or "region"
    name : str
        As the list of reps has it.
    territories, today : tuple of str
        Codes of the plan's territories, and of today's, where leaving reps stand by their id.
    reps : tuple of str
        Ids of the reps, leaving ones included.
    """

    kind: Literal["manager", "region"]
    name: str
    territories: tuple[str, ...]
    today: tuple[str, ...]
    reps: tuple[str, ...]


def teams(plan: WrittenPlan) -> tuple[Team, ...]:
    """Return every team that has a territory in the plan or has one today, in the order of the reps."""
    kind: Literal["manager", "region"] = "manager" if any(rep.manager for rep in plan.reps.values()) else "region"
    today = plan.report.today.territories if plan.report.today else []
    names = dict.fromkeys(getattr(rep, kind) for rep in plan.reps.values())
    found = []
    for name in filter(None, names):
        reps = tuple(rep.id for rep in plan.reps.values() if getattr(rep, kind) == name)
        team = Team(kind, name, _codes(plan.report.territories, reps), _codes(today, reps), reps)
        found += [team] if team.territories or team.today else []
    return tuple(found)


def _codes(rows: Collection[TerritoryFigure], reps: Collection[str]) -> tuple[str, ...]:
    return tuple(row.territory for row in rows if row.rep in reps)


def file_names(found: Collection[Team]) -> dict[str, str]:
    """Return a file name without ending for each team by its name, plain letters only and no two the same."""
    names: dict[str, str] = {}
    for team in found:
        plain = unicodedata.normalize("NFKD", team.name).encode("ascii", "ignore").decode()
        base = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60] or team.kind
        taken = {name.casefold() for name in names.values()}
        tries = (base if i == 1 else f"{base}-{i}" for i in range(1, len(names) + 3))
        names[team.name] = next(name for name in tries if name.casefold() not in taken)
    return names
