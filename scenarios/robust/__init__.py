"""What becomes of a plan when a measure is off, and plans that stand it."""
