"""The one way foreign text gets into a drawing: inert in HTML, in script data and in pictures."""

import json
import unicodedata

_ACTIVE = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'`$\\{}"}
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def clean(text: object) -> str:
    """Return one line that any writer accepts: what no XML may hold (controls, half surrogates) becomes U+FFFD."""
    line = " ".join(str(text).splitlines()).replace("\t", " ")
    if line.isprintable():
        return line
    return "".join("\ufffd" if _is_unwritable(sign) else sign for sign in line)


def _is_unwritable(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff"


def inert(text: object) -> str:
    """Return text that neither HTML nor a template of Folium, Jinja or JavaScript can run."""
    return clean(text).translate(_ACTIVE)


def script_json(data: object) -> str:
    """Return JSON that cannot leave the script element it stands in.

    Raises
    ------
    ValueError
        For NaN and infinity, which JSON does not have.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_IN_SCRIPT)
