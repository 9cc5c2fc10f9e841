"""How long a session lasts; second factor, mandatory for the team, readers and jurors; what a session opens.

It bounds two sessions more: the one a day pass opens, and that of a person who judges and runs the programme.
Last, what the database could not do: tried again, or said.
"""

import logging
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone

from eig.accounts.models import User
from eig.clashes import STOPPED, Commits, is_clash
from eig.design.middleware import is_disk_full
from eig.design.views import unavailable
from eig.dossiers.models import Form
from eig.evaluation.models import Grid
from eig.juries.queries import judges
from eig.promotions.models import Promotion, Trade
from journey.views import typed
from matching.interviews.queries.day_pass import SESSION_KEY, is_open
from matching.interviews.queries.secrecy import may_change_scores

logger = logging.getLogger(__name__)

CHECKED = "second_factor_checked"
# In the session: when it began and was last seen, and its two limits.
DATES = "dates"
SEEN_EVERY_SECONDS = 300
# In the request, for the page: the seconds left.
ENDS_IN = "eig.session_ends_in"
# Where a person without a second factor may still go: to set one up, or to leave.
FREE_PREFIXES = ("/compte/", "/static/", "/sante/", "/demonstration/")


# Where an outside juror's day leads: their juries, their cards, their minutes. Nothing else of their account.
DAY_DOORS = {
    f"interviews:{name}"
    for name in (
        "jury_day",
        "booklet_show",
        "booklet_ask",
        "booklet_download",
        "room_show",
        "passage_presence",
        "passage_begin",
        "passage_end",
        "passage_phone",
        "passage_reschedule",
        "opinion_edit",
        "minutes_show",
        "minutes_freeze",
        "minutes_sign",
        "minutes_download",
        "scorecard_edit",
        "scorecard_sign",
        "scorecard_recuse",
        "file_download",
        "day_pass",
    )
} | {"account_logout"}

# Where ranks, or the marks of every jury, are read. Kept on the roof: steps 3 and 5 do not know who judges.
SECRET_DOORS = {
    "ranking:ranking_demand",
    "ranking:ranking_detail",
    "interviews:allocation_explain",
    "interviews:standing_list",
    "interviews:standing_show",
    "teams:scenario_detail",
    "teams:scenario_people",
    "teams:scenario_change",
    "teams:scenario_compare",
    "teams:scenario_sign",
    "teams:offer_list",
    "teams:reserve_list",
}


# What pages of a step ask first of a promotion, and its words.
LACKING: dict[type[Exception], str] = {
    Form.DoesNotExist: "le formulaire de cette étape",
    Grid.DoesNotExist: "la grille de notation de cette étape",
    Trade.DoesNotExist: "la liste des métiers",
}


class BoundedSession:
    """A session ends after hours without a visit, and in any case hours after the sign-in (ASVS 7.3).

    Dated every few minutes: a write at each page would cost more. A form that comes too late is kept for its
    author (`journey.views.typed`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A page that stays open learns from each answer when its session will end.
        if seconds := request.META.get(ENDS_IN):
            response.headers["Session-Ends-In"] = str(seconds)
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        now = int(timezone.now().timestamp())
        dates = request.session.get(DATES)
        if dates and now >= _end(dates):
            self._close(request)
            return None
        if not dates or now - dates["seen"] >= SEEN_EVERY_SECONDS:
            idle, longest = settings.SESSION_HOURS[_role(request.user)]
            begun = dates["begun"] if dates else now
            dates = {"begun": begun, "seen": now, "idle": idle, "longest": longest}
            request.session[DATES] = dates
            UserSession.objects.create_from_request(request)
        request.META[ENDS_IN] = _end(dates) - now
        if kept := typed.waiting(request):
            return render(request, "journey/typed_again.html", {"kept": kept, "forget": typed.FORGET})
        if typed.FORGET in request.GET:
            return redirect(request.path)
        return None

    def _close(self, request: HttpRequest) -> None:
        """The person is nobody again: the door that was asked sends them to the sign-in, and back here."""
        taken = typed.take(request)
        logout(request)
        said = "Votre session est terminée. Reconnectez-vous pour reprendre cette page."
        if taken:
            typed.keep(request, taken)
            said = "Votre session est terminée ; ce que vous aviez écrit est gardé une heure."
        messages.info(request, said)


def _end(dates: dict[str, int]) -> int:
    """The first of the two limits, as a Unix time."""
    return min(dates["seen"] + dates["idle"] * 3600, dates["begun"] + dates["longest"] * 3600)


def _role(user: User) -> str:
    """The one whose limits bind a person: running the programme, judging, or neither."""
    if user.is_staff:
        return "team"
    return "juror" if judges(user) else "person"


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
        if SESSION_KEY in request.session:
            return False  # came by the day's link and a code, to the jury day only
        if not (user.is_staff or judges(user)):
            return False
        if not is_mfa_enabled(user):
            return True
        request.session[CHECKED] = user.pk
        return False


class DayPassScope:
    """A session opened by a day's link sees the jury day only, and ends with the day or when it is closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and SESSION_KEY in request.session:
            now = timezone.now()
            if not is_open(request.session[SESSION_KEY], person_id=request.user.pk, at=now):
                logout(request)
                messages.info(request, "Votre accès à la journée du jury est terminé. Merci.")
                return redirect("account_login")
            if not _leads_to_the_day(request.path_info):
                return redirect("interviews:jury_day")
        return self.get_response(request)


def _leads_to_the_day(path: str) -> bool:
    try:
        return resolve(path).view_name in DAY_DOORS
    except Resolver404:
        return True  # an address that does not exist tells nothing


class RanksAfterScores:
    """No rank is visible to a juror before scores are locked: nor to those of the team who are jurors too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name not in SECRET_DOORS or not request.user.is_authenticated:
            return None
        if not request.user.is_staff or not may_change_scores(request.user, kwargs["promotion"]):
            return None
        return render(request, "journey/staff/staff_secret.html", status=403)


class NotSetUp:
    """A promotion taken from the archives, or only begun: the team reads what it lacks, others a 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        lacks = next((words for kind, words in LACKING.items() if isinstance(exception, kind)), "")
        code = request.resolver_match.kwargs.get("promotion") if request.resolver_match else None
        if not lacks or code is None:
            return None
        promotion = get_object_or_404(Promotion, code=code)
        if not (request.user.is_authenticated and request.user.is_staff):
            raise Http404(lacks)
        title = "Rien à montrer ici" if promotion.is_archived else "Il manque un réglage"
        context = {"promotion": promotion, "lacks": lacks, "title": title}
        status = 200 if request.method in {"GET", "HEAD"} else 409
        return render(request, "journey/staff/staff_not_set_up.html", context, status=status)


# Of two people who wait for each other PostgreSQL ends one, and the other is then free to finish.
CLASHES = 2
# In the request: what the database could not do, and what the view committed before.
UNDONE, COMMITS = "eig.undone", "eig.commits"


class TriesAgain:
    """Last before the view. A deed that lost a clash is run again; whatever else the database ended is said.

    The whole view is run again, not the deed: what the first one changed in memory is left with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        commits = request.META[COMMITS] = Commits()
        with connection.execute_wrapper(commits):
            response = self.get_response(request)
            for _ in range(CLASHES):
                error = request.META.pop(UNDONE, None)
                # A file that was read is not there to be read again.
                if error is None or not is_clash(error) or commits.any or request.FILES:
                    break
                logger.warning("A clash, tried again: %s", error)
                if request.user.is_authenticated:
                    request.user.refresh_from_db()
                response = self.get_response(request)
        return response

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """What was written on the way to the door is no part of the deed."""
        if commits := request.META.get(COMMITS):
            commits.begin()

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # A full disk has its own page (eig.design.middleware.SayFull): trying again does not help.
        if not isinstance(exception, STOPPED) or is_disk_full(exception):
            return None
        logger.warning("Ended by the database: %s", exception)
        request.META[UNDONE] = exception
        taken = typed.take(request)
        return unavailable(request, kept=typed.as_typed(taken) if taken else None)
