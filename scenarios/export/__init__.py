"""The files of a plan, each written whole or not at all, with the same bytes for the same plan."""
