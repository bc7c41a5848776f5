"""The CP-SAT model: one file a rule, each adding its linear constraints to the same choices."""
