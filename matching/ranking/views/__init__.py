"""The doors of the wishes, one module per audience."""
