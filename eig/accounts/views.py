"""allauth's doors: they say why one is asked to sign in, and fill in the address that was invited."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account import views as allauth
from django.urls import Resolver404, resolve

from eig.accounts.doors import Entrance


def entrance_of(address: str) -> Entrance:
    """What the page at an address of ours says of itself to whoever must sign in first."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return Entrance()
    say = getattr(found.func, "entrance", None)
    return say(**found.kwargs) if say else Entrance()


class _Entrance(allauth.NextRedirectMixin):
    address_field = "email"

    def get_initial(self) -> dict[str, Any]:
        told = {self.address_field: entrance_of(self.get_next_url() or "").address}
        return {**told, **super().get_initial()}

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        reason = entrance_of(self.get_next_url() or "").reason
        return {**super().get_context_data(**given), "reason": reason}


class LoginView(_Entrance, allauth.LoginView):
    address_field = "login"


class SignupView(_Entrance, allauth.SignupView):
    pass


class RequestLoginCodeView(_Entrance, allauth.RequestLoginCodeView):
    pass


login = LoginView.as_view()
signup = SignupView.as_view()
request_login_code = RequestLoginCodeView.as_view()
