"""The entries of the main menu and of the staff's side menu, by who looks at them."""

from django.http import HttpRequest
from django.urls import reverse

from eig.design.navigation import NavEntry
from eig.promotions.models import Promotion

STAFF_STEPS = (
    ("Tableau de bord", ""),
    ("Calendrier et règles", "calendrier/"),
    ("Webinaires", "webinaires/"),
    ("Rendez-vous de conseil", "rendez-vous/"),
    ("1. Projets", "projets/"),
    ("2. Candidatures", "candidatures/"),
    ("3. Vœux", "voeux/"),
    ("4. Auditions", "auditions/"),
    ("5. Équipes", "equipes/"),
    ("6. Cohorte", "cohorte/"),
    ("Équipe et lecteurs", "personnes/"),
    ("Courriels", "courriels/"),
    ("Mes exports", "exports/"),
    ("Données personnelles", "donnees-personnelles/"),
    ("Questionnaire anonyme", "questionnaire/"),
    ("Journal", "journal/"),
)
PUBLIC = (
    ("Accueil", "journey:home"),
    ("Défis", "projects:page_list"),
    ("Promotions", "cohorts:promotion_list"),
    ("Anciens et anciennes", "cohorts:alumni_list"),
    ("L’algorithme", "teams:algorithm_detail"),
)


def entries(request: HttpRequest) -> list[NavEntry]:
    """The same public pages for everybody, then what a signed-in person has of their own."""
    found = [(label, reverse(name)) for label, name in PUBLIC]
    if request.user.is_authenticated:
        found.append(("Mon espace", reverse("journey:dashboard")))
        if request.user.is_staff:
            found.append(("Pilotage", reverse("journey:staff_promotion_list")))
    path = request.path
    return [
        NavEntry(label, url, current=path == url if url == "/" else path.startswith(url))
        for label, url in found
    ]


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
