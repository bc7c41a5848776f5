"""All text of the command line goes through here: results to stdout, everything else to stderr."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console, RenderableType
from rich.text import Text

from geodata.draw.text import clean
from geodata.findings import Finding, Level

PLAIN_WIDTH = 120
"""Columns of text where no terminal tells its width."""
STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "dim"}


@dataclass(frozen=True)
class Screen:
    """Where a command writes.

    Attributes
    ----------
    as_json : bool
        One JSON object on stdout and nothing else there.
    quiet : bool
        Nothing but errors.
    """

    as_json: bool
    quiet: bool
    out: Console = field(default_factory=lambda: _console(stderr=False))
    err: Console = field(default_factory=lambda: _console(stderr=True))

    @property
    def shows_progress(self) -> bool:
        """Whether progress is wanted."""
        return not self.quiet

    def say(self, text: RenderableType) -> None:
        """Print for people; nothing with --json or --quiet."""
        if not self.as_json and not self.quiet:
            self.out.print(plain(text), soft_wrap=isinstance(text, str))

    def ask(self, question: str) -> str:
        """Ask a person; the end of the input is an empty answer."""
        try:
            return self.out.input(question, markup=False, emoji=False).strip()
        except EOFError:
            return ""

    def answer(self, data: dict[str, Any]) -> None:
        """Print the one JSON object; nothing without --json."""
        if self.as_json:
            json.dump(data, sys.stdout, allow_nan=False)
            sys.stdout.write("\n")

    def fail(self, message: str) -> None:
        """Print an error in one line."""
        self.err.print(Text(clean(message), style="bold red"), soft_wrap=True)

    def findings(self, findings: Iterable[Finding]) -> None:
        """List findings for people, grouped by level, each with its place and hint; errors also when quiet."""
        listed = list(findings)
        for level in Level:
            group = [finding for finding in listed if finding.level is level]
            if group and not self.as_json and (level is Level.ERROR or not self.quiet):
                self.err.print(Text(_heading(level, len(group)), style=STYLES[level]))
                for finding in group:
                    self.err.print(_finding_text(finding), soft_wrap=True)


def plain(text: RenderableType) -> RenderableType:
    """Return text without markup and control characters; other renderables as they are."""
    return Text("\n".join(clean(line) for line in text.split("\n"))) if isinstance(text, str) else text


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def _heading(level: Level, count: int) -> str:
    return f"{count} {level.value}{'' if count == 1 else 's'}"


def _finding_text(finding: Finding) -> Text:
    row = f"row {finding.row}" if finding.row is not None else ""
    value = f"value {clean(finding.value)[:80]}" if finding.value else ""
    place = ", ".join(part for part in (clean(finding.file), row, clean(finding.field), value) if part)
    text = Text("  - ")
    text.append(clean(finding.message))
    text.append(f" [{finding.code}]", style="dim")
    if place:
        text.append(f"\n    at {place}", style="dim")
    if finding.hint:
        text.append(f"\n    {clean(finding.hint)}", style="italic")
    return text
