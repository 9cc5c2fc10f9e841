"""The doors of the auditions, one module per audience."""
