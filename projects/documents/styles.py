"""The style sheets of prints, as they are served."""

from pathlib import Path

from django.contrib.staticfiles import finders


def styles(*names: str) -> dict[str, tuple[str, bytes]]:
    """Name → kind and content, for an order."""
    found = {}
    for name in names:
        path = finders.find(f"projects/{name}")
        assert isinstance(path, str)
        found[name] = ("text/css", Path(path).read_bytes())
    return found
