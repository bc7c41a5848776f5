"""Changes told as findings, and counted."""

from collections import Counter
from collections.abc import Iterable, Mapping

from geodata.findings import Finding, Level
from scenarios.near_names import listed
from scenarios.prepare.wording import amount, named
from scenarios.refresh.model import Change, Kind

_LEVELS: Mapping[Kind, Level] = {
    Kind.RENAMED: Level.WARNING,
    Kind.MERGED: Level.WARNING,
    Kind.UNCLEAR: Level.WARNING,
    Kind.NARROWED: Level.WARNING,
    Kind.DROPPED: Level.WARNING,
    Kind.OPEN: Level.WARNING,
}
"""Guesses and losses; the rest are notes."""
_HINTS: Mapping[Kind, str] = {
    Kind.RENAMED: "Maybe check that both ids mean the same.",
    Kind.MERGED: "Maybe check that they are one now.",
    Kind.UNCLEAR: "Maybe tell them apart by a better name.",
    Kind.NARROWED: "Maybe check that the rule is still meant.",
    Kind.DROPPED: "Maybe write it anew for the ids of today.",
    Kind.OPEN: "Maybe give it a rep in plan.csv, or solve with --from.",
}


def findings_of(changes: Iterable[Change]) -> tuple[Finding, ...]:
    """Return a finding for each change, those beyond a hundred of a kind, file and field counted."""
    return listed(_finding(change) for change in changes)


def counts_of(changes: Iterable[Change]) -> dict[str, int]:
    """Return the number of changes by kind and of what, in text order."""
    return dict(sorted(Counter(f"{change.kind.value} {change.of}" for change in changes).items()))


def _finding(change: Change) -> Finding:
    return Finding(
        _LEVELS.get(change.kind, Level.NOTE),
        f"refresh-{change.kind.value}",
        f"{_sentence(change)}.",
        _HINTS.get(change.kind, ""),
        change.file,
        change.row,
        change.field,
        change.id,
    )


def _sentence(change: Change) -> str:
    who = f"The {change.of} {named(change.new_id or change.id, change.name)}"
    was = f"The {change.of} {change.id}"
    because = f": {change.how}" if change.how else ""
    sentences: Mapping[Kind, str] = {
        Kind.NEW: f"{who} is new",
        Kind.CLOSED: f"{was} is closed: the new file does not have it",
        Kind.RENAMED: f"{was} is called {change.new_id} now{because}",
        Kind.MERGED: f"{was} is part of {change.new_id} now{because}",
        Kind.UNCLEAR: f"{was} is gone, and it is not clear what it has become{because}",
        Kind.REOWNED: f"{who} belongs to {change.after or 'nobody'} now, before to {change.before or 'nobody'}",
        Kind.CHANGED: f"{change.field} of {named(change.new_id, change.name)} changed by {_share(change)}",
        Kind.CARRIED: f"{was} is told in ids of today{because}",
        Kind.NARROWED: f"{was} applies to fewer units{because}",
        Kind.DROPPED: f"{was} no longer applies{because}",
        Kind.INHERITED: f"{was} goes on in its territory{because}",
        Kind.ASSIGNED: f"{who} has {change.after}{because}",
        Kind.OPEN: f"{who} has nobody{because}",
    }
    return sentences[change.kind]


def _share(change: Change) -> str:
    before, after = _amount(change.before), _amount(change.after)
    moved = "" if change.share is None else f"{100 * change.share:+.0f} %, "
    return f"{moved}from {before} to {after}"


def _amount(value: float | str | None) -> str:
    return amount(value) if isinstance(value, float) else str(value)
