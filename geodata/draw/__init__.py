"""Drawing a plan: one HTML map, pictures and a map book, all from a `MapView`."""
