"""Component tags; `design` gathers them all and is loaded as a builtin."""
