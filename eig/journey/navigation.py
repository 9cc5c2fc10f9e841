"""The entries of the main menu and of the staff's side menu, by who looks at them."""

from django.http import HttpRequest
from django.urls import reverse

from eig.design.navigation import NavEntry
from eig.promotions.models import Promotion

STAFF_STEPS = (
    ("Tableau de bord", ""),
    ("Calendrier et règles", "calendrier/"),
    ("1. Projets", "projets/"),
    ("2. Candidatures", "candidatures/"),
    ("3. Vœux", "voeux/"),
    ("4. Auditions", "auditions/"),
    ("5. Équipes", "equipes/"),
    ("6. Cohorte", "cohorte/"),
    ("Courriels", "courriels/"),
    ("Journal", "journal/"),
)


def entries(request: HttpRequest) -> list[NavEntry]:
    path = request.path
    return [NavEntry("Accueil", reverse("journey:home"), current=path == "/")]


def staff_entries(path: str, promotion: Promotion | None) -> list[NavEntry]:
    """The pages of /pilotage/ for one promotion; the longest matching address is the current one."""
    if promotion is None:
        return [NavEntry("Promotions", "/pilotage/", current=path == "/pilotage/")]
    root = f"/pilotage/{promotion.code}/"
    return [
        NavEntry(
            label, f"{root}{part}", current=path == root if not part else path.startswith(f"{root}{part}")
        )
        for label, part in STAFF_STEPS
    ]
