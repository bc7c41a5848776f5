"""A Parquet file to a text table."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodata.findings import Finding, Level
from scenarios.reading.files import too_large, unreadable
from scenarios.tables.xlsx_table import cell_text

MAX_CELLS = 100_000_000


def parquet_frame(data: bytes, label: str) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the columns as text, "" where null; lists, structures and bytes are left out with a note."""
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        cells = file.metadata.num_rows * max(file.metadata.num_columns, 1)
        if cells > MAX_CELLS:
            return pd.DataFrame(), [too_large(label, f"{cells:,} cells", f"{MAX_CELLS:,} cells")]
        names = file.schema_arrow.names
        simple = [name for name in names if _is_simple(file.schema_arrow.field(names.index(name)).type)]
        columns = {name: _texts(file.read(columns=[name]).column(0)) for name in dict.fromkeys(simple)}
        frame = pd.DataFrame(columns, dtype=str)
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        hint = "Maybe export it again; it may be cut off."
        return pd.DataFrame(), [unreadable(label, " ".join(str(error).split())[:200].rstrip("."), hint)]
    return frame, _findings(names, simple, file.metadata.num_rows, label)


def _is_simple(kind: pa.DataType) -> bool:
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    return not (pa.types.is_nested(inner) or pa.types.is_binary(inner) or pa.types.is_large_binary(inner))


def _texts(column: pa.ChunkedArray) -> list[str]:
    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    kind = column.type
    if pa.types.is_temporal(kind):
        return ["" if moment is None else cell_text(moment) for moment in column.to_pylist()]
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, kind), column)
    if pa.types.is_null(kind):
        return [""] * len(column)
    return [text or "" for text in pc.cast(column, pa.string()).to_pylist()]


def _findings(names: list[str], simple: list[str], n_rows: int, label: str) -> list[Finding]:
    findings = [
        Finding(
            Level.ERROR,
            "duplicate-column",
            f"{label} has {names.count(name)} columns named {name}.",
            "Maybe rename one of them.",
            file=label,
            field=name,
            value=name,
        )
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    left_out = [name for name in names if name not in simple]
    if left_out:
        message = f"{label}: columns that hold no plain values were left out: {', '.join(left_out)}."
        findings.append(Finding(Level.NOTE, "left-out-column", message, file=label, field=left_out[0]))
    if n_rows == 0:
        hint = "Maybe the wrong file is named."
        findings.append(Finding(Level.ERROR, "no-rows", f"{label} has no rows.", hint, file=label))
    return findings
