"""How numbers are written in one column: decimal mark, thousands separators, signs, currency, percent."""

import re
from dataclasses import dataclass
from enum import StrEnum

PLAIN = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
"""A number as programs write it (ASCII)."""

_SIGN = r"(?:[A-Z]{3}|(?:R|US|A|C|NZ|HK)?[$£€¥₹₩₽₺₫₱₪₴₦฿]|kr\.?|zł)"
_BLANKS = r" \u00a0\u2009\u202f"
_CURRENCY = re.compile(rf"^{_SIGN}[{_BLANKS}]*(?=[-+.\d])|(?<=[.\d])[{_BLANKS}]*{_SIGN}$", re.ASCII)
_SPACE_GROUPS = re.compile(rf"(?<=\d)['’{_BLANKS}](?=\d{{3}}(?:\D|$))", re.ASCII)
UNCLEAR = r"[1-9][0-9]{0,2}[.,][0-9]{3}"
"""A number whose mark is a decimal mark or stands between thousands."""


class Mark(StrEnum):
    """The decimal mark."""

    POINT = "."
    COMMA = ","


@dataclass(frozen=True)
class Token:
    """A number's digits and marks without sign, currency and percent; "" where the cell holds no number."""

    digits: str
    negative: bool
    percent: bool


def token(text: str) -> Token:
    """Return the written number in a cell."""
    body = text.strip().replace("−", "-")
    accounting = body.startswith("(") and body.endswith(")")
    body = body[1:-1].strip() if accounting else body
    percent = body.endswith("%")
    body = body.removesuffix("%").strip()
    negative, body = _sign(body)
    bare = _CURRENCY.sub("", body).strip()
    if bare != body and not negative:
        negative, bare = _sign(bare)
    body = _SPACE_GROUPS.sub("", bare)
    ok = re.fullmatch(r"[\d.,]*\d[\d.,]*(?:[eE][+-]?\d+)?", body, re.ASCII)
    return Token(body if ok else "", accounting or negative, percent)


def _sign(text: str) -> tuple[bool, str]:
    if text.endswith("-"):
        return True, text[:-1].strip()
    return text.startswith("-"), text[1:].strip() if text[:1] in ("+", "-") else text


def mark_of(digits: str) -> Mark | None:
    """Return the decimal mark that the digits prove, None where they fit both."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if (comma < 0 and point < 0) or re.fullmatch(UNCLEAR, digits):
        return None
    if comma >= 0 and point >= 0:
        return Mark.COMMA if comma > point else Mark.POINT
    if digits.count(",") > 1:
        return Mark.POINT
    if digits.count(".") > 1:
        return Mark.COMMA
    return Mark.COMMA if comma >= 0 else Mark.POINT


def value(written: Token, mark: Mark) -> float | None:
    """Return the number read with this decimal mark, None where it does not fit (1,23,4 or 1.2.3)."""
    thousands = "," if mark is Mark.POINT else "."
    whole, _, rest = written.digits.partition(mark)
    groups = rf"\d{{1,3}}(?:[{thousands}]\d{{3}})+|\d{{1,2}}(?:[{thousands}]\d{{2}})+[{thousands}]\d{{3}}"
    if thousands in whole and not re.fullmatch(groups, whole):
        return None
    plain = whole.replace(thousands, "") + ("." + rest if rest else "")
    if not re.fullmatch(PLAIN, plain):
        return None
    number = float(plain) / (100 if written.percent else 1)
    return -number if written.negative else number
