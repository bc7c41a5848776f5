"""Map files in."""
