"""Lists, amounts and counts for a sentence."""

from collections.abc import Iterable, Sequence

SHOWN = 5
"""Names told before "and n more"."""


def some(names: Sequence[str], chosen: Iterable[int]) -> str:
    """Return the chosen names, the first few of them spelled out: "a, b and 7 more"."""
    picked = [names[i] for i in chosen]
    rest = len(picked) - SHOWN
    return ", ".join(picked[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def amount(value: float) -> str:
    """Return a number for a sentence: at most 3 significant decimals, thousands marked."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def named(unit: str, name: str) -> str:
    """Return a unit's name with its id behind it, the id alone where the name says no more."""
    return f"{name} ({unit})" if name not in ("", unit) else unit


def counted(count: int, one: str, many: str) -> str:
    """Return a count with what is counted, and maybe its verb: "1 unit lies", "3 units lie"."""
    return f"{count:,} {one if count == 1 else many}"
