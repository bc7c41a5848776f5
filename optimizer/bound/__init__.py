"""Lower bounds from Lagrange multipliers."""
