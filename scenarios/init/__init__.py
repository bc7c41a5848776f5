"""A first scenario guessed from a planner's files."""
