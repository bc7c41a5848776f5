"""Who may own units."""
