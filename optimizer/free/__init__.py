"""Territories around free centres."""
