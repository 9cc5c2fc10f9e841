"""The second code path: what the checkers use instead of the solver's files, of which nothing here imports
any.

Hall's condition replaces augmenting paths, whole rounds replace one proposal after another, names replace
numbers.
"""
