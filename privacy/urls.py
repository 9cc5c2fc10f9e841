"""The doors of personal data."""

from eig.accounts.doors import door
from privacy.views import member, public, staff

app_name = "privacy"

public_urls = [door("compte-efface/", public.account_erased)]
member_urls = [
    door("mes-donnees/", member.my_data),
    door("mes-donnees/copie/", member.copy_ask),
    door("mes-donnees/copie/<uuid:code>/", member.copy_download),
    door("mes-donnees/corriger/", member.name_edit),
    door("mes-donnees/effacer/", member.account_erase),
]
staff_urls = [
    door("pilotage/<slug:promotion>/donnees-personnelles/", staff.staff_purge),
    door("pilotage/<slug:promotion>/donnees-personnelles/durees/", staff.staff_retention_edit),
]

urlpatterns = [*public_urls, *member_urls, *staff_urls]
