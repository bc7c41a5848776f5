"""The sheet Quotas of the workbook."""

from scenarios.export.quota_tables import QUOTA_COLUMNS, quota_rows
from scenarios.export.sheet import ONE_DECIMAL, PERCENT, TEXT, WHOLE, Book, Column
from scenarios.report.model import Report

STYLES = {
    "incumbent_share": PERCENT,
    "growth_percent": ONE_DECIMAL,
    "index": ONE_DECIMAL,
    **dict.fromkeys(
        ("quota", "below", "over_assignment", "incumbent_quota", "open_quota", "history", "floor", "cap"), WHOLE
    ),
}


def write_quotas(book: Book, report: Report) -> None:
    """Write the rows of quotas.csv, where there are any."""
    rows = quota_rows(report.quotas)
    if rows is not None:
        columns = [Column(name.replace("_", " "), STYLES.get(name, TEXT)) for name in QUOTA_COLUMNS]
        book.table(book.sheet("Quotas", report.name), columns, rows.cells)
