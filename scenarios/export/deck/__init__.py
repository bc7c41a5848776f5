"""The deck of a plan: what it says, and the slides as PPTX and PDF."""
