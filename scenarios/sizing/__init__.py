"""How many reps: contribution against headcount, who goes, and where to hire."""
