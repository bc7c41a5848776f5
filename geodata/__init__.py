"""Map files to units, neighbours and distances; units and labels to maps."""
