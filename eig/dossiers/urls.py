"""The doors of a step's dossiers: the same names in each step, under its own address."""

from typing import Any

from django.urls import URLPattern, path

from eig.dossiers.desks import DossierDesk
from eig.dossiers.views import correction, receipt, writing


def own_urls(root: str, desk: DossierDesk) -> list[URLPattern]:
    """For those who write a dossier; `root` is its address. The step adds the page of a section."""
    here = f"{root}corrections/<uuid:correction>/"
    given: dict[str, Any] = {"desk": desk}
    return [
        path(f"{root}reponses/<slug:question>/", writing.answer_save, given, name="answer_save"),
        path(f"{root}historique/", writing.revision_list, given, name="revision_list"),
        path(f"{root}historique/revenir/", writing.revision_restore, given, name="revision_restore"),
        path(f"{root}recepisse/", receipt.receipt_detail, given, name=desk.proof),
        path(f"{root}recepisse/pdf/", receipt.receipt_download, given, name="receipt_download"),
        path(here, correction.correction_edit, given, name="correction_edit"),
        path(
            f"{here}reponses/<slug:question>/",
            correction.correction_answer_save,
            given,
            name="correction_answer_save",
        ),
    ]


def staff_urls(root: str, desk: DossierDesk, *, ask: str) -> list[URLPattern]:
    """For the team; `root` is the address of its list, `ask` the last word of the door where one asks."""
    here = f"{root}corrections/<uuid:code>/"
    given: dict[str, Any] = {"desk": desk}
    return [
        path(here, correction.staff_correction_detail, given, name="staff_correction_detail"),
        path(f"{here}annuler/", correction.staff_correction_cancel, given, name="staff_correction_cancel"),
        path(
            f"{root}<uuid:code>/{ask}/", correction.staff_correction_ask, given, name="staff_correction_ask"
        ),
    ]
