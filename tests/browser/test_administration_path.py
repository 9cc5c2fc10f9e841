"""The administration’s path: from the call for projects to the receipt, and what pages say of mistakes."""

import re

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect

from eig.documents.pdf import PDF_MARK
from eig.documents.printing import print_next
from eig.dossiers.queries import form_of
from eig.mail.models import Message
from eig.promotions.models import Promotion
from projects.actions import save_project_section
from projects.models import Project
from tests.browser.conftest import Open
from tests.browser.site import shown_text
from tests.browser.walking import create_account
from tests.browser.watching import Window
from tests.factories.projects import SIRETS, answers, give_visas

TYPED = ("administration", "team")
TITLE = "Carte des rivages"


def test_from_the_call_to_the_receipt(promotion: Promotion, window: Open) -> None:
    shown = window()
    page = shown.go(reverse("projects:project_call", args=[promotion.code]))
    page.get_by_role("link", name="Proposer un projet").first.click()
    badis = create_account(shown, "Badis", "Benali", "badis@exemple.example")
    # The question asked before the account comes back after it.
    page.get_by_label("Nom du projet").fill(TITLE)
    page.get_by_role("button", name="Commencer le dossier").click()
    project = Project.objects.get(started_by=badis)
    page.get_by_role("navigation", name="Rubriques du dossier").get_by_role(
        "link", name="Administration"
    ).click()
    type_the_administration(shown)
    leave_without_saving(page)
    type_the_positions(shown, project)
    read_what_is_missing(shown, project)
    save_the_rest(project)
    page.reload()
    expect(page.get_by_role("heading", name="Votre dossier est complet")).to_be_visible()
    expect(page.get_by_role("heading", name="Il reste des visas à obtenir")).to_be_visible()
    expect(page.get_by_role("button", name="Déposer le dossier")).to_have_count(0)
    give_visas(Project.objects.get(pk=project.pk), by=badis, at=timezone.now())
    page.reload()
    page.get_by_role("button", name="Déposer le dossier").click()
    project.refresh_from_db()
    expect(page.get_by_text(project.number).first).to_be_visible()
    assert [position.trade.code for position in project.positions.order_by("rank")] == [
        "developpement",
        "design",
    ]
    while print_next():
        pass
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Le récépissé et le dossier déposé").click()
    assert download.value.path().read_bytes().startswith(PDF_MARK)
    assert shown.faults() == []
    assert Message.objects.filter(kind="projects/project_received", to_person=badis).count() == 1


def type_the_administration(shown: Window) -> None:
    """Two wrong numbers: the summary says both, each link leads to its field, what was right is kept."""
    page = shown.page
    given = answers()
    # Wrong numbers are refused as they are typed, then by the page.
    shown.meant = {422}
    for code in ("operator", "beneficiary"):
        page.locator(f"#id_{code}__name").fill(given[code]["name"])
        page.locator(f"#id_{code}__siret").fill("123")
    page.get_by_label("Opérateur ou établissement public").check(force=True)
    page.get_by_label("Commune").fill("Rochefort")
    page.get_by_label("Code postal").fill("17300")
    page.get_by_role("radiogroup", name="Votre administration a-t-elle déjà accueilli des EIG").get_by_label(
        "Non", exact=True
    ).check(force=True)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page).to_have_title(re.compile("^Erreur – Administration – "))
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    expect(links).to_have_count(2)
    for place, code in enumerate(("operator", "beneficiary")):
        field = page.locator(f"#id_{code}__siret")
        links.nth(place).click()
        expect(field).to_be_focused()
        described = (field.get_attribute("aria-describedby") or "").split()
        expect(page.locator(f"#{described[-1]}")).to_contain_text("SIRET")
    assert shown.faults() == []
    shown.meant = set()
    expect(page.get_by_label("Commune")).to_have_value("Rochefort")
    page.locator("#id_operator__siret").fill(SIRETS[0])
    page.locator("#id_beneficiary__siret").fill(SIRETS[1])
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page).to_have_title(re.compile("^Financement – "))


def leave_without_saving(page: Page) -> None:
    """A page left with something typed asks first; staying keeps it."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    field = page.get_by_label("Numéro du programme budgétaire")
    field.press_sequentially("217")
    page.get_by_role("link", name="Rubrique précédente").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(field).to_have_value("217")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(shown_text(page, "est enregistrée.")).to_be_visible()
    assert asked == ["beforeunload"]
    page.remove_listener("dialog", stay)


def type_the_positions(shown: Window, project: Project) -> None:
    """Two profiles are asked for; « Ajouter » brings another row for the agents; nothing typed is lost."""
    page = shown.go(reverse("projects:project_edit", args=[project.code, "team"]))
    given = answers()
    page.get_by_label("2 EIG").check(force=True)
    for rank, row in enumerate(given["positions"], start=1):
        profile = page.get_by_role("group", name=f"Profil {rank}", exact=True)
        profile.get_by_label("Métier").select_option(row["trade"])
        profile.get_by_label("Expertise attendue").fill(row["expertise"])
        profile.get_by_label("Compétences indispensables").fill(row["must_have"])
    page.get_by_label("Environnement de travail").fill("Un bureau sur le port.")
    page.get_by_role("button", name="Ajouter une ligne Équipe projet").click()
    for rank, function in enumerate(("Géologue", "Hydrographe"), start=1):
        agent = page.get_by_role("group", name=f"Agent {rank}", exact=True)
        agent.get_by_label("Fonction").fill(function)
        agent.get_by_label("Statut").fill("Titulaire")
        agent.get_by_label("Part du temps").fill("30")
        agent.get_by_label("Apport au projet").fill("Relevés")
    assert shown.faults() == []
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(shown_text(page, "est enregistrée.")).to_be_visible()
    project.refresh_from_db()
    assert [row["function"] for row in project.answers["project_team"]] == ["Géologue", "Hydrographe"]
    assert [row["trade"] for row in project.answers["positions"]] == ["developpement", "design"]


def read_what_is_missing(shown: Window, project: Project) -> None:
    """Each missing answer is a link to its question; nothing can be handed in meanwhile."""
    page = shown.go(reverse("projects:project_review", args=[project.code]))
    expect(page.get_by_role("heading", name="Il reste des réponses à donner")).to_be_visible()
    expect(page.get_by_role("button", name="Déposer le dossier")).to_have_count(0)
    assert shown.faults() == []
    page.get_by_role("link", name="Mission de l’organisation").click()
    expect(page).to_have_title(re.compile("^Contexte – "))
    anchor = page.url.partition("#")[2]
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    page.go_back()


def save_the_rest(project: Project) -> None:
    """What nobody types here, through the action that the pages call."""
    given = answers(TITLE)
    for section in form_of(project.promotion, "project").sections:
        if section.code not in TYPED:
            project.refresh_from_db()
            save_project_section(
                project,
                section=section,
                answers={question.code: given.get(question.code) for question in section.written},
                version=project.version,
                by=project.started_by,
                at=timezone.now(),
            )
