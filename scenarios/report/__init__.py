"""The readable outcome of a plan: figures, broken rules, causes and provenance."""
