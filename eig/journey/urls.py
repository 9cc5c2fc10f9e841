"""The roof's doors."""

from django.urls import path

from eig.journey.views import member, public

app_name = "journey"

public_urls = [
    path("", public.home, name="home"),
    path("sante/", public.health, name="health"),
]
member_urls = [
    path("tableau-de-bord/", member.dashboard, name="dashboard"),
]
staff_urls: list[object] = []

urlpatterns = [*public_urls, *member_urls]
