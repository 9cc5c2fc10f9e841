"""The doors of a step's waves: the same names in each step, under its own address."""

from typing import Any

from django.urls import URLPattern, path

from eig.waves import views
from eig.waves.desks import WaveDesk


def wave_urls(root: str, desk: WaveDesk) -> list[URLPattern]:
    """`root` is the address of the list; the doors are named `staff_wave_…` and `staff_decision_…`."""
    wave, one = f"{root}<uuid:wave>/", f"{root}<uuid:wave>/<uuid:code>/"
    given: dict[str, Any] = {"desk": desk}
    return [
        path(root, views.wave_list, given, name="staff_wave_list"),
        path(wave, views.wave_detail, given, name="staff_wave_detail"),
        path(f"{wave}messages/", views.wave_preview, given, name="staff_wave_preview"),
        path(f"{wave}deplacer/", views.wave_move, given, name="staff_wave_move"),
        path(f"{wave}valider/", views.wave_validate, given, name="staff_wave_validate"),
        path(f"{wave}separer/", views.wave_split, given, name="staff_wave_split"),
        path(f"{wave}publier/", views.wave_act, given | {"act": views.publish}, name="staff_wave_publish"),
        path(f"{wave}reprendre/", views.wave_act, given | {"act": views.reopen}, name="staff_wave_reopen"),
        path(f"{wave}annuler/", views.wave_act, given | {"act": views.cancel}, name="staff_wave_cancel"),
        path(one, views.decision_edit, given, name="staff_decision_edit"),
        path(f"{one}retirer/", views.decision_retract, given, name="staff_decision_retract"),
    ]
