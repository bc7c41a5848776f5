"""Record ids of a CRM: the same record as 15 characters, which tell case apart, or as 18, which need not."""

import re
from string import ascii_uppercase

_LONG = re.compile(r"[A-Za-z0-9]{18}", re.ASCII)
_SHORT = re.compile(r"[A-Za-z0-9]{15}", re.ASCII)
_SUFFIX_LETTERS = ascii_uppercase + "012345"


def bare_id(text: str) -> str:
    """Return what all spellings of an id share.

    Of an id of 18 characters with a right suffix these are the first 15; any other text stands for itself.

    Examples
    --------
    >>> bare_id("0015000000GgUXQAA3") == bare_id("0015000000GgUXQ")
    True
    """
    is_long = _LONG.fullmatch(text) is not None and suffix(text[:15]) == text[15:]
    return text[:15] if is_long else text


def suffix(short: str) -> str:
    """Return the three characters that tell the case of 15 others.

    Each stands for five of them: bit i is set where the i-th is a capital letter.
    """
    chunks = [short[start : start + 5] for start in (0, 5, 10)]
    bits = [sum(1 << i for i, letter in enumerate(chunk) if letter in ascii_uppercase) for chunk in chunks]
    return "".join(_SUFFIX_LETTERS[number] for number in bits)


def is_record_id(text: str) -> bool:
    """Return whether a text can be a record id: 15 letters and digits, or 18 whose last three fit."""
    return _SHORT.fullmatch(bare_id(text)) is not None


def long_id(text: str) -> str:
    """Return a record id of 15 characters with the three that tell its case; any other text as it is.

    Examples
    --------
    >>> long_id("0015000000GgUXQ")
    '0015000000GgUXQAA3'
    """
    return text + suffix(text) if _SHORT.fullmatch(text) else text
