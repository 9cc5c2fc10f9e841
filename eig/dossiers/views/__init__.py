"""What both steps answer to a browser about a dossier: they say which, these say how."""
