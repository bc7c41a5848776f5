"""Free centres (engineer "free" is writing this now; scale and exact: please leave it)."""
