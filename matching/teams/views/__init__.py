"""Doors: the algorithm page, candidates’ offers and outcome, the back office."""
