"""Families of scenarios: bases, variants that state their differences, and parts of a plan."""
