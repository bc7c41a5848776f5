"""Stored plans and what is made of them: their files, comparisons, further forms."""
