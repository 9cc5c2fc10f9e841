"""The map of the site on one screen."""

from django.apps import apps
from django.urls import include, path

from eig.accounts import views as accounts

urlpatterns = [
    # Before allauth's own, at its addresses.
    path("compte/login/", accounts.login, name="account_login"),
    path("compte/signup/", accounts.signup, name="account_signup"),
    path("compte/login/code/", accounts.request_login_code, name="account_request_login_code"),
    path("compte/", include("allauth.urls")),
    path("", include("eig.design.urls")),
    path("", include("journey.emergency")),
    # The roof first: it answers « où en est ma candidature ? » at the address of step 2.
    path("", include("journey.urls")),
    path("", include("privacy.urls")),
    path("", include("eig.exports.urls")),
    path("", include("eig.orders.urls")),
    path("", include("eig.listing.urls")),
    path("", include("eig.diversity.urls")),
    path("", include("eig.meetings.urls")),
    path("", include("projects.urls")),
    path("", include("matching.ranking.urls")),
    path("", include("matching.interviews.urls")),
    path("", include("matching.teams.urls")),
    path("", include("cohorts.urls")),
    path("", include("candidates.urls")),
]
if apps.is_installed("demo"):
    urlpatterns.append(path("", include("demo.urls")))

handler400 = "eig.design.views.bad_request"
handler500 = "eig.design.views.server_error"
