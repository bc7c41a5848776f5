"""Reasons (engineer "explain" is writing this now; exact: please leave it and finish the bound, tests and effort)."""
