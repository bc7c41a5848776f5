"""Rules, inline or from CSV files, as one list a kind with the place each was written at."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from geodata.findings import Finding
from scenarios.document import Apart, PairRule, Rules, Together

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
    """Return all rules, with those of CSV files read."""
    raise NotImplementedError
