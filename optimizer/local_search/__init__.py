"""Improving a plan by annealing boundary moves."""
