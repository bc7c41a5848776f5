"""Columns of typed formats to text, without inventing or losing a digit."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa


def as_text(table: pa.Table) -> pd.DataFrame:
    """Return every column as text: null as "", integers without a point, floats as Python writes them, ISO dates."""
    columns = {name: _column(table.column(name)) for name in table.column_names}
    return pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows), dtype=object)


def _column(column: pa.ChunkedArray) -> np.ndarray:
    if pa.types.is_float32(column.type):
        column = column.cast(pa.string())  # the shortest text that means the same float32
    return np.array([_text(value) for value in column.to_pylist()], dtype=object)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.hex()
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    is_nested = isinstance(value, (list, dict))
    return json.dumps(value, ensure_ascii=False, default=str) if is_nested else str(value)
