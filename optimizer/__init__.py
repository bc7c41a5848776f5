"""Numbers and a graph in, a plan with proof out: no files, no maps, no web."""
