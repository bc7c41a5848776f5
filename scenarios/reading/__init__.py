"""From written files to checked documents."""
