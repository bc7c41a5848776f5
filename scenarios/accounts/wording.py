"""Rows of a file, told in a sentence."""

from collections.abc import Iterable

from scenarios.prepare.wording import some


def rows_text(index: Iterable[int]) -> str:
    """Return rows, index + 1 each, the first few spelled out: "rows 3, 17 and 12 more"."""
    numbers = [str(int(i) + 1) for i in index]
    return f"row {numbers[0]}" if len(numbers) == 1 else f"rows {some(numbers, range(len(numbers)))}"
