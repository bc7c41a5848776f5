"""Rules carried to a new table: their units by today's ids, and without what no longer applies."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from geodata.findings import Finding, Level
from scenarios.document.scenario import Apart, PairRule, Part, Together
from scenarios.prepare.rules import resolve_rules
from scenarios.prepare.seats import Team
from scenarios.reading.rule_files import Placed, Rule, RuleLists
from scenarios.refresh.model import Change, Kind
from scenarios.refresh.names import Names

Group = TypeVar("Group", Apart, Together)
KINDS = ("lock", "forbid", "together", "apart")
IDLE = "rule-without-units"


@dataclass(frozen=True)
class Carried:
    """Rules that still apply, and what became of the others."""

    rules: RuleLists
    changes: tuple[Change, ...]

    def touched(self, kind: str) -> bool:
        """Return whether any rule of a kind is not as it was written."""
        return any(change.of == kind for change in self.changes)


def carry_rules(rules: RuleLists, names: Names, team: Team) -> Carried:
    """Tell every rule in today's ids, and leave out those that name nothing any more or contradict another one.

    Contradictions arise where units merge; of two rules the one that the contradiction is found at is left out.
    """
    changes: list[Change] = []
    told = RuleLists(
        lock=_told(rules.lock, _pair_now(names), "lock", changes),
        forbid=_told(rules.forbid, _pair_now(names), "forbid", changes),
        together=_told(rules.together, _group_now(names), "together", changes),
        apart=_told(rules.apart, _group_now(names), "apart", changes),
    )
    while wrong := _wrong(told, names, team):
        changes += _dropped(told, wrong)
        told = RuleLists(**{kind: _without(getattr(told, kind), wrong) for kind in KINDS})
    gone = {(change.of, change.field, change.row, change.file) for change in changes if change.kind is Kind.DROPPED}
    # What was told in new ids and then left out is told once.
    last = [c for c in changes if c.kind is Kind.DROPPED or (c.of, c.field, c.row, c.file) not in gone]
    return Carried(told, tuple(sorted(last, key=lambda change: (KINDS.index(change.of), change.row or 0))))


Key = tuple[str, int | None, str]


def _key(placed: Placed[Rule]) -> Key:
    return placed.file, placed.row, placed.field


def _told(
    rules: Sequence[Placed[Rule]],
    now: Callable[[Placed[Rule]], tuple[list[Rule], str]],
    kind: str,
    changes: list[Change],
) -> tuple[Placed[Rule], ...]:
    """Return the rules in today's ids, appending what changed; `now` gives a rule's successors and what it lost."""
    out: list[Placed[Rule]] = []
    for placed in rules:
        successors, lost = now(placed)
        if not successors:
            changes.append(change_of(Kind.DROPPED, kind, placed, None, lost))
        elif successors != [placed.rule]:
            what = Kind.NARROWED if lost else Kind.CARRIED
            after = " ".join(written(rule) for rule in successors)
            changes.append(change_of(what, kind, placed, after, lost or "its units have other ids"))
        out += [replace(placed, rule=rule) for rule in successors]
    return tuple(out)


def _pair_now(names: Names) -> Callable[[Placed[PairRule]], tuple[list[PairRule], str]]:
    def now(placed: Placed[PairRule]) -> tuple[list[PairRule], str]:
        unit = placed.rule.unit
        if unit is None:
            return [placed.rule], ""
        successors = [placed.rule.model_copy(update={"unit": name}) for name in names.now(unit)]
        return successors, "" if successors else f"there is no unit {unit} any more"

    return now


def _group_now(names: Names) -> Callable[[Placed[Group]], tuple[list[Group], str]]:
    def now(placed: Placed[Group]) -> tuple[list[Group], str]:
        units = placed.rule.units
        if units is None:
            return [placed.rule], ""
        left = list(dict.fromkeys(name for unit in units for name in names.now(unit)))
        gone = [unit for unit in units if not names.now(unit)]
        lost = f"there is no unit {', '.join(gone)} any more" if gone else ""
        if len(left) < 2:
            return [], lost or f"its units are one now, {left[0]}"
        return [placed.rule.model_copy(update={"units": left})], lost

    return now


def _wrong(rules: RuleLists, names: Names, team: Team) -> dict[Key, Finding]:
    """Return the first thing wrong with each rule that can't be kept."""
    _, findings = resolve_rules(rules, names.new, team)
    wrong: dict[Key, Finding] = {}
    for finding in findings:
        if finding.level is Level.ERROR or finding.code == IDLE:
            wrong.setdefault((finding.file, finding.row, finding.field), finding)
    return wrong


def _dropped(rules: RuleLists, wrong: dict[Key, Finding]) -> Iterator[Change]:
    for kind in KINDS:
        for placed in getattr(rules, kind):
            if _key(placed) in wrong:
                yield change_of(Kind.DROPPED, kind, placed, None, wrong[_key(placed)].message)


def _without(rules: Sequence[Placed[Rule]], wrong: dict[Key, Finding]) -> tuple[Placed[Rule], ...]:
    return tuple(placed for placed in rules if _key(placed) not in wrong)


def change_of(kind: Kind, of: str, placed: Placed[Rule], after: str | None, how: str) -> Change:
    """Return what became of a rule."""
    rule = placed.rule
    units = getattr(rule, "units", None) or [text for text in (getattr(rule, "unit", None),) if text]
    return Change(
        kind=kind,
        of=of,
        id=", ".join(units),
        file=placed.file,
        row=placed.row,
        field=placed.field,
        before=written(rule),
        after=after,
        how=how.rstrip("."),
    )


def written(rule: Part) -> str:
    """Return a rule as it could stand in the scenario."""
    fields = rule.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(fields, ensure_ascii=False)
