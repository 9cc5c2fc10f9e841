"""The programme team's doors, one noun per module."""
