"""A short way through clean, large tables: columns of categories, without a Python object a cell."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from geodata.findings import Finding, Level
from scenarios.reading.files import read_bytes
from scenarios.tables.cells import INVISIBLE
from scenarios.tables.csv_table import DELIMITERS, NAMES, likely_delimiter
from scenarios.tables.table import Table

LARGE_BYTES = 2_000_000
"""Files below this size need no short way."""
_HEAD_BYTES = 100_000
_TEXT = pa.dictionary(pa.int32(), pa.string())


def read_large(path: Path, label: str, names: Sequence[str]) -> Table | None:
    """Return the named columns of a CSV or Parquet file as categories of text; None where `read_table` must read it.

    It must wherever there is anything to say of the file: bytes that are not UTF-8, blank rows, ragged rows, blanks
    around cells, columns that are missing or repeated.
    """
    try:
        if path.stat().st_size < LARGE_BYTES:
            return None
        data, _ = read_bytes(path, label)
        if data is None:
            return None
        if path.suffix.lower() == ".csv":
            return _csv(data, label, names)
        return _parquet(data, names) if path.suffix.lower() == ".parquet" else None
    except (pa.ArrowException, OSError, ValueError):
        return None


def _csv(data: bytes, label: str, names: Sequence[str]) -> Table | None:
    head = data[:_HEAD_BYTES].decode("utf-8-sig", errors="ignore")
    delimiter = likely_delimiter(head)
    header = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter))
    if len(set(header)) < len(header) or not set(names) <= set(header):
        return None
    table = pc.read_csv(
        pa.BufferReader(data),
        parse_options=pc.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
        convert_options=pc.ConvertOptions(
            include_columns=list(names), column_types=dict.fromkeys(names, _TEXT), strings_can_be_null=False
        ),
    )
    note = Finding(Level.NOTE, "guessed-delimiter", f"{label} is separated by {NAMES.get(delimiter)}s.", file=label)
    return _checked(table, () if delimiter == DELIMITERS[0] else (note,))


def _parquet(data: bytes, names: Sequence[str]) -> Table | None:
    file = pq.ParquetFile(io.BytesIO(data))
    if sorted(set(file.schema_arrow.names) & set(names)) != sorted(names):
        return None
    table = file.read(columns=list(names))
    if any(table.column(name).null_count for name in names):
        return None
    return _checked(pa.table({name: _categories(table.column(name)) for name in names}), ())


def _categories(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the texts of a column, each distinct value made text once."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    coded = coded.unify_dictionaries()
    return pa.chunked_array(
        [
            pa.DictionaryArray.from_arrays(chunk.indices.cast(pa.int32()), chunk.dictionary.cast(pa.string()))
            for chunk in coded.chunks
        ],
        type=_TEXT,
    )


def _checked(table: pa.Table, findings: tuple[Finding, ...]) -> Table | None:
    frame = table.to_pandas()
    for name in frame.columns:
        texts = frame[name].cat.categories
        if any(text != text.strip() or INVISIBLE.search(text) for text in texts):
            return None
    return Table(frame, findings) if len(frame) else None
