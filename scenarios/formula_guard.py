"""Text that a spreadsheet would run as a formula: marked on its way out, and unmarked on its way in."""

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\Z")
_MARK = "'"


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would run the text instead of showing it."""
    return text.startswith(_STARTS) and _NUMBER.match(text) is None


def guarded(text: str) -> str:
    """Return the text with the mark that makes a spreadsheet show it."""
    return _MARK + text if is_formula(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if text.startswith(_MARK) and is_formula(text[1:]) else text
