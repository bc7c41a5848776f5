"""The known name somebody probably meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from geodata.findings import Finding, Level

LIKELY = 0.6
"""Similarity from which a name counts as meant."""


def plain(name: str) -> str:
    """Return the name without case, blanks and punctuation."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def similarity(name: str, other: str) -> float:
    """Return how alike two names are, 0..1, whatever their case and punctuation."""
    return SequenceMatcher(None, plain(name), plain(other)).ratio()


def nearest(name: str, known: Iterable[str], at_least: float = LIKELY) -> str | None:
    """Return the known name most like `name` (the first of equals), None where none is similar enough."""
    best, best_similarity = None, at_least
    for other in known:
        alike = similarity(name, other)
        if alike > best_similarity or (best is None and alike >= at_least):
            best, best_similarity = other, alike
    return best


def maybe(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known name, or else the first few of all."""
    choices = list(known)
    near = nearest(name, choices)
    if near is not None:
        return f"Maybe {near}."
    return f"Maybe one of: {', '.join(choices[:12])}." if choices else "Maybe leave it out."


def listed(findings: Iterable[Finding], at_most: int = 100) -> tuple[Finding, ...]:
    """Return the findings of one column or file, those beyond the first `at_most` of a code counted in one more."""
    by_code: dict[tuple[Level, str, str, str], list[Finding]] = {}
    for finding in findings:
        by_code.setdefault((finding.level, finding.code, finding.file, finding.field), []).append(finding)
    kept: list[Finding] = []
    for (level, code, file, field), found in by_code.items():
        kept += found[:at_most]
        if len(found) > at_most:
            message = f"{len(found) - at_most} more rows have the same trouble ({code})."
            kept.append(Finding(level, code, message, found[0].hint, file=file, field=field))
    return tuple(kept)
