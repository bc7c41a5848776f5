"""Map files out."""
