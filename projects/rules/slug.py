"""The address of a défi, from its name."""

from collections.abc import Collection

from eig.french.letters import slug

SLUG_LIMIT = 100


def slug_of(title: str) -> str:
    """« L’Œil du préfet » → « l-oeil-du-prefet »; « defi » when nothing is left."""
    return slug(title)[:SLUG_LIMIT].strip("-") or "defi"


def free_slug(title: str, taken: Collection[str]) -> str:
    """The slug of a title, numbered from 2 when others have it."""
    first, number = slug_of(title), 2
    candidate = first
    while candidate in taken:
        candidate, number = f"{first}-{number}", number + 1
    return candidate
