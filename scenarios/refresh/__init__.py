"""A scenario with a new data file: what changed in it, and what of the planner's edits goes on."""
