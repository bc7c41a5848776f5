"""A district manager's pack: map and workbook of one team, and its requests read back."""
