"""The shelf of three steps. Of its own it holds the command line of their algorithms."""
