"""The entries of the main menu and of the staff's side menu, by who looks at them."""

from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse

from eig.design.navigation import NavEntry
from eig.promotions.models import Promotion
from eig.promotions.queries import promotions_listed, promotions_told

STAFF_STEPS = (
    ("Tableau de bord", ""),
    ("Calendrier et règles", "calendrier/"),
    ("Gestes à deux", "a-deux/"),
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
    path, mine = request.path, reverse("journey:dashboard")
    told = [
        NavEntry(label, url, current=path == url if url == "/" else path.startswith(url))
        for label, url in found
    ]
    if any(entry.current for entry in told) or not _is_mine(request):
        return told
    return [replace(entry, current=entry.url == mine) for entry in told]


def _is_mine(request: HttpRequest) -> bool:
    """A door that only opens once signed in, to no page of the menu: one's dossier, one's wishes."""
    match = request.resolver_match
    is_private = match is not None and getattr(match.func, "login_required", True)
    return request.user.is_authenticated and is_private


CALLS = (
    ("Appel à projets", "projects:project_call"),
    ("Appel à candidatures", "candidates:call"),
    ("Webinaires", "meetings:webinar_list"),
    ("Rendez-vous de conseil", "meetings:advice_list"),
)


MINE = (
    ("Mes messages", "journey:message_list"),
    ("Mes données", "privacy:my_data"),
    ("Mon compte", "account_email"),
)


def site_map(request: HttpRequest) -> list[NavEntry]:
    """The same entries with what is below each: calls, one's own pages, the desk of each promotion."""
    below = {
        reverse("journey:home"): [
            NavEntry(f"{label}, {promotion.name}", reverse(name, args=[promotion.code]))
            for promotion in promotions_told()
            for label, name in CALLS
        ]
    }
    if request.user.is_authenticated:
        below[reverse("journey:dashboard")] = [NavEntry(label, reverse(name)) for label, name in MINE]
    if request.user.is_staff:
        below[reverse("journey:staff_promotion_list")] = [
            replace(entry, label=f"{entry.label}, {promotion.name}")
            for promotion in promotions_listed().filter(is_archived=False)
            for entry in staff_entries("", promotion)
        ]
    return [replace(entry, children=tuple(below.get(entry.url, ()))) for entry in entries(request)]


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
