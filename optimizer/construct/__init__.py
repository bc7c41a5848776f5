"""A whole plan, fast."""
