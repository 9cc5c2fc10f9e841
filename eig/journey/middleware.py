"""Second factor: mandatory for the programme team and for readers (state-web, reliability §4.2)."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from eig.evaluation.queries import reads_anything

CHECKED = "second_factor_checked"
# Where a person without a second factor may still go: to set one up, or to leave.
FREE_PREFIXES = ("/compte/", "/static/", "/sante/", "/demonstration/")


class SecondFactor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_one_up(request):
            messages.warning(
                request,
                "Votre rôle demande une seconde vérification à la connexion. Activez-la pour continuer.",
            )
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_set_one_up(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or request.path_info.startswith(FREE_PREFIXES):
            return False
        if request.session.get(CHECKED) == user.pk:
            return False
        if not (user.is_staff or reads_anything(user)):
            return False
        if not is_mfa_enabled(user):
            return True
        request.session[CHECKED] = user.pk
        return False
