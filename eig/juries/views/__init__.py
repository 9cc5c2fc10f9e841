"""The team's pages of juries and of jurors, the same for both steps: each says which, these say how."""
