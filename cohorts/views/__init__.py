"""Doors: the public, members and companions, the programme team."""
