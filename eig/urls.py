"""The map of the site on one screen."""

from django.urls import include, path

from eig.journey.admin import site

urlpatterns = [
    path("compte/", include("allauth.urls")),
    path("secours/", site.urls),
    path("", include("eig.design.urls")),
    # The roof first: it answers « où en est ma candidature ? » at the address of step 2.
    path("", include("eig.journey.urls")),
    path("", include("eig.privacy.urls")),
    path("", include("eig.exports.urls")),
    path("", include("eig.diversity.urls")),
    path("", include("eig.meetings.urls")),
    path("", include("projects.urls")),
    path("", include("matching.ranking.urls")),
    path("", include("matching.interviews.urls")),
    path("", include("matching.teams.urls")),
    path("", include("cohorts.urls")),
    path("", include("candidates.urls")),
]
