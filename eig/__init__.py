"""The ground floor. It imports nothing: the children that print, check and read files begin here too."""
