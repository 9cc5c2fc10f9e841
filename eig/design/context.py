"""What every page needs around its content: menu, demonstration notice, addresses of the footer."""

from collections.abc import Sequence
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from eig.design.navigation import NavEntry


class Furniture:
    """Read by `base.html`; everything is computed on first use, so that a fragment pays for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def navigation(self) -> Sequence[NavEntry]:
        """The entries of the main menu, asked to the function that `DESIGN_NAVIGATION` names."""
        return self._asked(settings.DESIGN_NAVIGATION)

    @cached_property
    def site_map(self) -> Sequence[NavEntry]:
        """The same with what is below each, asked to `DESIGN_SITE_MAP`."""
        return self._asked(settings.DESIGN_SITE_MAP)

    def _asked(self, place: str) -> Sequence[NavEntry]:
        entries: Sequence[NavEntry] = import_string(place)(self._request)
        return entries

    @cached_property
    def section(self) -> str:
        """The label of the current entry of the menu: the middle of the page's title."""
        return next((entry.label for entry in self.navigation if entry.current), "")

    @property
    def session_ends_in(self) -> int:
        """Seconds left to the session, as `journey.middleware` counted them; 0 when nobody is signed in."""
        return int(self._request.META.get("eig.session_ends_in", 0))

    @property
    def demonstration(self) -> bool:
        return bool(settings.DEMO)

    @property
    def source_url(self) -> str:
        return str(settings.SOURCE_URL)

    @property
    def contact_email(self) -> str:
        return str(settings.CONTACT_EMAIL)


def furniture(request: HttpRequest) -> dict[str, object]:
    return {"design": Furniture(request)}
