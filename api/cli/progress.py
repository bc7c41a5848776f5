"""What the solver is doing, as one live line in a terminal and as rows elsewhere."""

import math
from types import TracebackType

from rich.live import Live
from rich.text import Text

from api.cli.screen import Screen
from optimizer.result import Progress

ROW_EVERY_S = 5.0
"""Seconds between two rows of the same phase where no terminal is."""


class ProgressPrinter:
    """A `Watch` that prints to stderr; use it as a context manager."""

    def __init__(self, screen: Screen) -> None:
        self._console = screen.err
        self._live = Live(console=self._console, transient=True) if self._console.is_terminal else None
        self._on = screen.shows_progress
        self._phase = ""
        self._shown_s = -ROW_EVERY_S

    def __enter__(self) -> "ProgressPrinter":
        """Start the live line."""
        if self._live is not None and self._on:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Remove the live line."""
        if self._live is not None and self._on:
            self._live.stop()

    def __call__(self, progress: Progress) -> None:
        """Show one event."""
        if not self._on:
            return
        if self._live is not None:
            self._live.update(Text(progress_text(progress)))
        elif progress.phase != self._phase or progress.seconds >= self._shown_s + ROW_EVERY_S:
            self._phase, self._shown_s = progress.phase, progress.seconds
            self._console.print(Text(progress_text(progress)))


def progress_text(progress: Progress) -> str:
    """Return an event in one line: seconds, phase, value, what is missed, bound and gap."""
    parts = [f"{progress.seconds:7.1f} s", f"{progress.phase:<12}"]
    if progress.value is not None:
        parts.append(f"value {progress.value:.4f}")
    if progress.violation:
        parts.append(f"missing bands by {progress.violation:.4f}")
    if progress.bound is not None and math.isfinite(progress.bound):
        parts.append(f"bound {progress.bound:.4f}")
        if progress.value is not None and progress.value > 0 and not progress.violation:
            parts.append(f"gap {100 * (progress.value - progress.bound) / progress.value:.2f} %")
    return "  ".join(parts)
