"""The doors of the auditions."""
