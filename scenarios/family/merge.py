"""Two planners' parts as one plan, with every disagreement listed and none decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scenarios.export.tables import Cell, Rows

Owner = tuple[tuple[str, str, str], ...]
"""Who holds a unit in a part: territory, rep and share of each row, in order."""
PLAN_COLUMNS = ("unit", "name", "territory", "rep", "share", "part")
AGREED = "both"
NOBODY: Owner = (("", "", "1"),)


@dataclass(frozen=True)
class PartPlan:
    """One planner's plan.

    Attributes
    ----------
    name : str
        What the part is called in the lists.
    owners : mapping
        Who holds each unit, by unit id.
    names : mapping
        Readable name of each unit.
    frozen : frozenset of str
        Units that the part left where they were.
    """

    name: str
    owners: Mapping[str, Owner]
    names: Mapping[str, str]
    frozen: frozenset[str]


@dataclass(frozen=True)
class Merged:
    """The outcome: the plan, and what the parts disagree on.

    Attributes
    ----------
    plan : Rows
        One row a unit, several where it is split; nobody's where parts disagree. `part` names the part that planned
        the unit, "both" where all agree or nobody planned it.
    conflicts : Rows
        One row a unit, and a territory that parts give to different reps, with the owner in every part.
    """

    plan: Rows
    conflicts: Rows


def merge(parts: Sequence[PartPlan]) -> Merged:
    """Merge parts: each unit gets the owner of the parts that planned it; see docs/families.md."""
    units = list(dict.fromkeys(unit for part in parts for unit in part.owners))
    plan: list[tuple[Cell, ...]] = []
    conflicts: list[tuple[Cell, ...]] = []
    for unit in units:
        name = next(part.names[unit] for part in parts if unit in part.names)
        owners, source = _claim(unit, parts)
        if owners is None:
            conflicts.append(("unit", unit, name, "", *(_told(part.owners.get(unit, ())) for part in parts)))
        plan += [(unit, name, *row, source) for row in (owners or NOBODY)]
    columns = ("kind", "unit", "name", "territory", *(part.name for part in parts))
    return Merged(Rows(PLAN_COLUMNS, tuple(plan)), Rows(columns, (*conflicts, *_seats_held_twice(parts))))


def _claim(unit: str, parts: Sequence[PartPlan]) -> tuple[Owner | None, str]:
    """Return the one owner that the parts allow and the part it comes from; None where they disagree."""
    having = [part for part in parts if unit in part.owners]
    planning = [part for part in having if unit not in part.frozen] or having
    claims = {part.owners[unit] for part in planning}
    if len(claims) > 1:
        return None, ""
    return claims.pop(), planning[0].name if len(planning) == 1 else AGREED


def _seats_held_twice(parts: Sequence[PartPlan]) -> Iterator[tuple[Cell, ...]]:
    """Yield territories that stand with different reps in different parts."""
    reps: dict[str, list[str]] = {}
    for at, part in enumerate(parts):
        for rows in part.owners.values():
            for territory, rep, _ in rows:
                if territory and rep:
                    reps.setdefault(territory, [""] * len(parts))[at] = rep
    for territory, held in reps.items():
        if len({rep for rep in held if rep}) > 1:
            yield ("territory", "", "", territory, *held)


def _told(owner: Owner) -> str:
    """Return an owner in words: territory and rep, with shares where the unit is split."""
    alone = len(owner) == 1
    words = [
        " ".join(dict.fromkeys(word for word in (territory, rep) if word)) or "nobody" for territory, rep, _ in owner
    ]
    return " + ".join(word if alone else f"{word} {share}" for word, (_, _, share) in zip(words, owner, strict=True))
