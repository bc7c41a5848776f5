"""What is wrong or doubtful in what people gave: a place, a value and a hint."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing found in the input.

    Attributes
    ----------
    level : Level
        ERROR keeps the scenario from being understood; WARNING concerns whether a good plan can exist or what was
        assumed; NOTE tells what was done.
    code : str
        Stable kebab-case name, e.g. "duplicate-id"; every code is documented in docs/reference/findings.md.
    message : str
        What is wrong, in one sentence.
    hint : str
        The remedy, starting with "Maybe"; empty for notes.
    file : str
        File name as written in the scenario; empty for the scenario itself.
    row : int or None
        Line (text) or row (table, 1 = first data row) or feature number (1 = first), where there is one.
    field : str
        Column or dotted field.
    value : str
        The offending value as it stands in the input.
    """

    level: Level
    code: str
    message: str
    hint: str = ""
    file: str = ""
    row: int | None = None
    field: str = ""
    value: str = ""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is an error."""
    return any(finding.level is Level.ERROR for finding in findings)


class InputError(ValueError):
    """The input cannot be used; carries every finding."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f.message for f in self.findings if f.level is Level.ERROR))

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Finding, ...]]]:
        """Let the error pass from one process to another with its findings."""
        return InputError, (self.findings,)
