"""A result checked again without a solver."""
