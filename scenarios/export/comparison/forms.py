"""Every form a comparison is written in, as files by name."""

from scenarios.compare.model import Comparison
from scenarios.export.comparison.tables import tables
from scenarios.export.text import csv_bytes, json_bytes

JSON = "comparison.json"


def csv_files(comparison: Comparison) -> dict[str, bytes]:
    """Return one CSV file a table, and everything as comparison.json."""
    files = {f"{name}.csv": csv_bytes(rows) for name, rows in tables(comparison).items()}
    return files | {JSON: json_bytes(comparison.model_dump(mode="json"))}
