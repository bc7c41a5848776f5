"""A plan as facts and dimensions for analysis."""
