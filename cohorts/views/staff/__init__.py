"""Doors of the programme team."""
