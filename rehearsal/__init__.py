"""The rehearsal: a whole promotion in one go, in a database of its own, then every rule checked."""
