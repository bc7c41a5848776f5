"""The forms of a comparison: tables, CSV files, a workbook and a page."""
