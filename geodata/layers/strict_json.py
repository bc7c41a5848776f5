"""JSON that keeps what was written: numbers as their own text, repeated keys and impossible numbers marked."""

import json
import math
from collections import Counter
from typing import Any

from geodata.layers.raw_layer import refuse


class Number(str):
    """A number as it stands in the file."""

    __slots__ = ()


class BadNumber(str):
    """NaN, an infinity or a number too large for a float, as it stands in the file."""

    __slots__ = ()


class Fields(dict[str, Any]):
    """An object of the file; `repeated` names the keys that stand in it more than once."""

    repeated: tuple[str, ...] = ()


def load(data: bytes, label: str) -> Any:
    """Parse UTF-8 JSON into Fields, lists, str, Number, BadNumber, bool and None.

    Raises
    ------
    InputError
        With one `wrong-encoding` or `syntax` error that names the place.
    RecursionError
        Where the text nests too deep.
    """
    try:
        text = data.decode("utf-8-sig")
        return json.loads(
            text, parse_int=_number, parse_float=_number, parse_constant=BadNumber, object_pairs_hook=_fields
        )
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        place = f"byte {error.start + 1}, line {line}"
        value = f"0x{data[error.start : error.start + 1].hex()}"
        hint = "Maybe save it again as UTF-8."
        refuse("wrong-encoding", label, f"{label} is not UTF-8 text ({place}).", hint, value=value, row=line)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}: {error.msg}"
        hint = "Maybe the file is cut off, or a comma, bracket or quotation mark is missing."
        refuse("syntax", label, f"{label} is not valid JSON in {place}.", hint, row=error.lineno)


def as_text(value: Any) -> str:
    """Return a property as text: strings and numbers as written, null as "", lists and objects as compact JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str(value)
    return _compact(value)


def defects(value: Any) -> list[tuple[str, str]]:
    """List what is wrong inside a value: (code, offending text), in the order of the file."""
    if isinstance(value, BadNumber):
        return [("not-a-number", str(value))]
    if isinstance(value, Fields):
        repeated = [("duplicate-field", key) for key in value.repeated]
        return repeated + [defect for inner in value.values() for defect in defects(inner)]
    if isinstance(value, list):
        return [defect for inner in value for defect in defects(inner)]
    return []


def _compact(value: Any) -> str:
    if isinstance(value, (Number, BadNumber)):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_compact(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_compact(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _number(token: str) -> str:
    return Number(token) if math.isfinite(float(token)) else BadNumber(token)


def _fields(pairs: list[tuple[str, Any]]) -> Fields:
    fields = Fields(pairs)
    if len(fields) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        fields.repeated = tuple(key for key, count in counts.items() if count > 1)
    return fields
