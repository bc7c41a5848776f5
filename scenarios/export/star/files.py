"""The star as files: each table as Parquet and CSV, and its dictionary."""

import io

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.export.form import Made
from scenarios.export.star.rows import Star
from scenarios.export.star.schema import TABLES, StarTable
from scenarios.export.tables import Rows
from scenarios.export.text import csv_bytes
from scenarios.export.written import WrittenPlan

DICTIONARY = "dictionary.csv"
TYPES = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "yes/no": pa.bool_()}


def star(plan: WrittenPlan) -> Made:
    """Return every table that has rows, in both formats, and the dictionary of all."""
    makers = Star(plan).tables
    files: dict[str, bytes] = {DICTIONARY: csv_bytes(dictionary())}
    for table in TABLES:
        rows = Rows(tuple(field.name for field in table.fields), tuple(makers[table.name]()))
        if rows.cells:
            files[f"{table.name}.csv"] = csv_bytes(rows)
            files[f"{table.name}.parquet"] = _parquet(table, rows)
    return Made(files)


def dictionary() -> Rows:
    """Return one row a column of every table: its kind, what it refers to and what it means."""
    cells = [
        (table.name, table.about, field.name, field.kind, field.refers, field.about)
        for table in TABLES
        for field in table.fields
    ]
    return Rows(("table", "table_meaning", "column", "kind", "refers_to", "meaning"), tuple(cells))


def _parquet(table: StarTable, rows: Rows) -> bytes:
    columns = zip(*rows.cells, strict=True)
    arrays = [pa.array(cells, TYPES[field.kind]) for field, cells in zip(table.fields, columns, strict=True)]
    memory = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, [field.name for field in table.fields]), memory)
    return memory.getvalue()
