"""The State's open register of organisations: an outer wall, optional, brief, remembered."""
