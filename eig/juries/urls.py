"""The doors of a step's juries on the team's side, under its own names and addresses."""

from django.urls import URLPattern

from eig.accounts.doors import door
from eig.juries.desks import JuryDesk
from eig.juries.views import juror, panel


def jury_urls(root: str, desk: JuryDesk, *, create: str, seat: str, jurors: str) -> list[URLPattern]:
    """`root` is the step's address; `create`, `seat` and `jurors` are what it calls these three."""
    name, here, member = desk.doors, f"{root}jurys/<uuid:code>/", f"{root}{jurors}/<uuid:code>/"
    return [
        door(member, juror.juror_page, name=name["juror"], desk=desk),
        door(f"{member}retirer/", juror.juror_dismiss, name=name["dismiss"], desk=desk),
        door(f"{member}deport/<uuid:subject>/", juror.juror_recuse, name=name["recuse"], desk=desk),
        door(f"{root}jurys/{create}/", panel.panel_create, name=name["create"], desk=desk),
        door(here, panel.panel_page, name=name["page"], desk=desk),
        door(f"{here}supprimer/", panel.panel_remove, name=name["remove"], desk=desk),
        door(f"{here}{seat}/", panel.seat_add, name=name["seat"], desk=desk),
    ]
