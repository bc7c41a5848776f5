"""Letters in pictures: the font that comes with matplotlib, and installed ones for what it lacks."""

from collections.abc import Iterable
from functools import cache

from matplotlib import font_manager

FIRST = "DejaVu Sans"
"""Comes with matplotlib, so that Latin, Greek and Cyrillic look the same everywhere."""
OTHERS = (
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Sans JP",
    "Noto Sans SC",
    "Noto Sans KR",
    "Source Han Sans",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "IPAPGothic",
    "Droid Sans Fallback",
    "Hiragino Sans",
    "PingFang SC",
    "Apple SD Gothic Neo",
    "Yu Gothic",
    "Microsoft YaHei",
    "Malgun Gothic",
    "Noto Sans Thai",
    "Noto Sans Devanagari",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Nirmala UI",
    "Leelawadee UI",
    "Arial Unicode MS",
)
"""Free fonts and those of the common systems that hold other scripts, asked in this order."""


@cache
def families() -> tuple[str, ...]:
    """Return the fonts that text is set in, each for the letters that those before it lack."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return (FIRST, *(name for name in OTHERS if name in installed))


def without_glyph(texts: Iterable[str]) -> list[str]:
    """Return the letters in texts that no font here has, which pictures show as boxes, in code order."""
    letters = {sign for text in texts for sign in text if not sign.isspace()}
    for family in families():
        path = font_manager.findfont(font_manager.FontProperties(family=family))
        letters = {sign for sign in letters if ord(sign) not in font_manager.get_font(path).get_charmap()}
    return sorted(letters)
