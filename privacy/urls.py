"""The doors of personal data."""

from django.urls import path

from privacy.views import member, public, staff

app_name = "privacy"

public_urls = [
    path("compte-efface/", public.account_erased, name="account_erased"),
]
member_urls = [
    path("mes-donnees/", member.my_data, name="my_data"),
    path("mes-donnees/copie/", member.copy_ask, name="copy_ask"),
    path("mes-donnees/copie/<uuid:code>/", member.copy_download, name="copy_download"),
    path("mes-donnees/corriger/", member.name_edit, name="name_edit"),
    path("mes-donnees/effacer/", member.account_erase, name="account_erase"),
]
staff_urls = [
    path("pilotage/<slug:promotion>/donnees-personnelles/", staff.staff_purge, name="staff_purge"),
    path(
        "pilotage/<slug:promotion>/donnees-personnelles/durees/",
        staff.staff_retention_edit,
        name="staff_retention_edit",
    ),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
