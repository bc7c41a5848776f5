"""Parquet tables as text, whatever their types."""

import datetime as dt
import decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geodata.findings import Level
from scenarios.tables.table import Table, read_table


def table_of(folder: Path, columns: dict[str, pa.Array]) -> Table:
    """Write columns and read them as a table."""
    pq.write_table(pa.table(columns), folder / "t.parquet")
    return read_table(folder / "t.parquet", "t.parquet")


def test_types_become_the_text_people_would_type(tmp_path: Path) -> None:
    """Ids that became floats because of a gap lose their .0, nulls and NaN are empty, dates are ISO."""
    columns = {
        "id": pa.array(["01", "02"]),
        "whole": pa.array([48201.0, None]),
        "nan": pa.array([0.5, float("nan")]),
        "big": pa.array([2**62, 1], pa.int64()),
        "day": pa.array([dt.date(2027, 1, 31), None]),
        "moment": pa.array([dt.datetime(2027, 1, 31, 9, 30), dt.datetime(2027, 1, 31)]),
        "flag": pa.array([True, False]),
        "money": pa.array([decimal.Decimal("1.50"), None]),
        "kind": pa.array(["a", None]).dictionary_encode(),
        "nothing": pa.nulls(2),
    }
    table = table_of(tmp_path, columns)
    first = ["01", "48201", "0.5", str(2**62), "2027-01-31", "2027-01-31 09:30:00", "true", "1.50", "a", ""]
    assert table.frame.iloc[0].tolist() == first
    assert table.frame.iloc[1].tolist() == ["02", "", "", "1", "", "2027-01-31", "false", "", "", ""]
    assert table.findings == ()


def test_columns_without_plain_values_are_named(tmp_path: Path) -> None:
    """Bytes, lists and structures are left out aloud."""
    columns = {"id": pa.array(["1"]), "shape": pa.array([b"x"]), "tags": pa.array([["a"]])}
    table = table_of(tmp_path, columns)
    assert list(table.frame.columns) == ["id"]
    assert [(finding.code, finding.level) for finding in table.findings] == [("left-out-column", Level.NOTE)]
    assert "shape, tags" in table.findings[0].message


def test_bad_parquet_is_a_finding(tmp_path: Path) -> None:
    """Empty tables, repeated columns and files that broke off are errors, not tracebacks."""
    assert table_of(tmp_path, {"id": pa.array([], pa.string())}).findings[0].code == "no-rows"
    twice = pa.table([pa.array(["1"]), pa.array(["2"])], names=["id", "id"])
    pq.write_table(twice, tmp_path / "t.parquet")
    assert read_table(tmp_path / "t.parquet", "t.parquet").findings[0].code == "duplicate-column"
    data = (tmp_path / "t.parquet").read_bytes()
    for keep in (4, 20, len(data) - 1):
        (tmp_path / "t.parquet").write_bytes(data[:keep])
        assert read_table(tmp_path / "t.parquet", "t.parquet").findings[0].code == "unreadable-file"
