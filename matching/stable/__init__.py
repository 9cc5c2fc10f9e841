"""Stable allocation shared by auditions and teams: the staffing rule, deferred acceptance, the public draw.

Pure Python on plain values. `proof/` holds the second code path on which the checkers stand; it imports
nothing of the solver's files (`docs/decisions/0002-shared-stable-matching-package.md`).
"""
