"""Quotas: the company's target spread to the territories of a plan, and rolled up again."""
