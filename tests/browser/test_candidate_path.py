"""The candidate's path: from the call to an accepted place, the wishes ordered with the keyboard alone."""

import re

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from candidates.actions import save_application_section
from candidates.models import Application
from eig.accounts.models import User
from eig.documents.checking import check_next
from eig.documents.pdf import PDF_MARK
from eig.documents.printing import print_next
from eig.dossiers.queries import form_of
from eig.mail.delivery import deliver_due
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.ranking.models import Choice, Ranking
from matching.teams.actions import publish_results, sign_scenario
from matching.teams.models import Offer
from projects.models import Project
from tests.browser.conftest import Open
from tests.browser.site import shown_text
from tests.browser.walking import Keyboard, create_account
from tests.browser.watching import Window
from tests.factories import candidates as applications
from tests.factories.ranking import published_project, shortlisted
from tests.factories.teams import computed, heard, staff_member
from tests.people import person

TITLES = ("Aigle", "Balise", "Cigale", "Dune", "Écluse", "Falaise")


def test_from_the_call_to_an_accepted_place(promotion: Promotion, window: Open) -> None:
    shown = window()
    application = hand_in(shown, promotion)
    # Two readers, a wave, the reveal.
    applications.read_twice(application)
    applications.decided(promotion, application)
    offered = [published_project(promotion, title) for title in TITLES]
    order_and_certify(shown, application)
    # The juries, the teams, the announcement.
    wishes = [offered[TITLES.index(title)] for title in ("Balise", "Aigle", "Écluse", "Cigale", "Dune")]
    assert [choice.project for choice in choices_of(application)] == wishes
    announce(promotion, application, wishes)
    accept(shown)
    deliver_due()
    assert not Message.objects.exclude(status="sent").exists()


def hand_in(shown: Window, promotion: Promotion) -> Application:
    page = shown.go(reverse("candidates:call", args=[promotion.code]))
    page.get_by_role("link", name="Se connecter pour candidater").first.click()
    alice = create_account(shown, "Alice", "Aubert", "alice@exemple.example")
    # The call comes back after the account.
    page.get_by_role("button", name="Commencer ma candidature").first.click()
    application = Application.objects.get(candidate=alice)
    type_a_section(shown)
    save_the_rest(application)
    send_the_cv(shown, application)
    page.get_by_role("link", name="Relire et déposer").click()
    expect(page.get_by_role("heading", name="Votre dossier est complet")).to_be_visible()
    assert shown.faults() == []
    page.get_by_role("button", name="Déposer ma candidature").click()
    application.refresh_from_db()
    expect(page.get_by_role("heading", level=1)).to_have_text("Récépissé de dépôt")
    expect(page.get_by_text(application.number).first).to_be_visible()
    while print_next():
        pass
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Le récépissé et le dossier déposé").click()
    assert download.value.path().read_bytes().startswith(PDF_MARK)
    assert Message.objects.filter(kind="candidates/application_received", to_person=alice).count() == 1
    return application


def type_a_section(shown: Window) -> None:
    """Wrong at first: the title says so, the summary has the focus and leads to the field."""
    page = shown.page
    page.get_by_role("navigation", name="Rubriques du dossier").get_by_role("link", name="Métier").click()
    page.get_by_label("Métier", exact=True).select_option("developpement")
    page.get_by_label("Expertise").fill("Services accessibles")
    years = page.get_by_label("Années d’expérience professionnelle")
    years.fill("400")
    shown.meant = {422}
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page).to_have_title(re.compile("^Erreur – Métier"))
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(years).to_be_focused()
    expect(years).to_have_attribute("aria-invalid", "true")
    assert shown.faults() == []
    shown.meant = set()
    years.fill("4")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(shown_text(page, "La rubrique « Métier » est enregistrée.")).to_be_visible()


def save_the_rest(application: Application) -> None:
    """What nobody types here, through the action that the pages call."""
    for section in form_of(application.promotion, "application").sections:
        if section.code != "trade":
            application.refresh_from_db()
            save_application_section(
                application,
                section=section,
                answers={q.code: applications.ANSWERS.get(q.code) for q in section.written},
                version=application.version,
                by=application.candidate,
                at=timezone.now(),
            )


def send_the_cv(shown: Window, application: Application) -> None:
    """A page of HTML that says it is a PDF is refused; a true one waits in quarantine, then is checked."""
    page = shown.go(reverse("candidates:application_edit", args=[application.code, "documents"]))
    field = page.get_by_label("CV", exact=True)
    shown.meant = {422}
    field.set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"<html><p>CV</p></html>"}
    )
    expect(shown_text(page, "« cv.pdf » n’est pas reçu.")).to_be_visible()
    assert shown.faults() == []
    shown.meant = set()
    field.set_input_files({"name": "cv.pdf", "mimeType": "application/pdf", "buffer": applications.pdf(2)})
    expect(shown_text(page, "Vérification en cours")).to_be_visible()
    while check_next():
        pass
    page.reload()
    expect(shown_text(page, "Vérifié", exact=True)).to_be_visible()


def choices_of(application: Application) -> list[Choice]:
    return list(
        Choice.objects.filter(ranking__application=application).select_related("project").order_by("position")
    )


def order_and_certify(shown: Window, application: Application) -> None:
    """Tab, Enter and Space only; the focus stays on the wish that moves, and each change is said aloud."""
    page, keyboard = shown.go(reverse("journey:dashboard")), Keyboard(shown.page)
    said = page.locator("#annonce-voeux")
    listed = page.locator(".wishes h3")

    def act(key: str, title: str, rank: int, *, of: int = 5, added: str = "") -> None:
        before = keyboard.here
        keyboard.press(key)
        ordinal = "1er" if rank == 1 else f"{rank}e"
        expect(said).to_have_text(f"{added}« {title} », {ordinal} sur {of}.")
        if before.startswith(("Monter", "Descendre")):
            expect(page.locator(":focus")).to_have_text(before)

    keyboard.go_to("Ordonner mes projets")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes vœux")
    expect(said).to_have_attribute("data-heard", "")
    # The first stop of the page jumps over the header.
    keyboard.go_to("Contenu")
    keyboard.press("Enter")
    for rank, title in enumerate(TITLES[:5], start=1):
        keyboard.go_to(f"Ajouter « {title} » à ma liste")
        act("Space" if rank % 2 else "Enter", title, rank, of=rank, added="Ajouté à votre liste. ")
        expect(page.locator(":focus")).to_have_text(f"Monter « {title} »")
    expect(page.get_by_role("button", name="Ajouter « Falaise » à ma liste")).to_be_disabled()
    act("Space", "Écluse", 4)
    act("Enter", "Écluse", 3)
    keyboard.go_to("Descendre « Aigle »", back=True)
    act("Enter", "Aigle", 2)
    keyboard.go_to("Monter « Balise »", back=True)
    act("Space", "Balise", 1)
    expect(listed).to_have_text(
        [re.compile(title) for title in ("Balise", "Aigle", "Écluse", "Cigale", "Dune")]
    )
    assert shown.faults() == []
    keyboard.go_to("Certifier ma liste")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Certifier mes vœux")
    keyboard.go_to("Certifier cette liste")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Accusé de certification")
    assert shown.faults() == []
    assert Ranking.objects.get(application=application).status == "certified"


def announce(promotion: Promotion, application: Application, wishes: list[Project]) -> None:
    for project in wishes:
        heard(application, project)
    by = staff_member()
    scenario = computed(promotion, by=by, enforce=False)
    sign_scenario(scenario, by=by, at=timezone.now())
    publish_results(scenario, by=staff_member(), at=timezone.now())


def accept(shown: Window) -> None:
    page, keyboard = shown.go(reverse("journey:dashboard")), Keyboard(shown.page)
    title = page.get_by_role("heading", level=1)
    for name, next_title in (
        ("Lire et répondre", "Une place vous est proposée : Balise"),
        ("Accepter la place", "Accepter cette place ?"),
        ("Oui, j’accepte", "Votre place : Balise"),
    ):
        keyboard.go_to(name)
        keyboard.press("Enter")
        expect(title).to_have_text(next_title)
    expect(shown_text(page, "Acceptée", exact=True)).to_be_visible()
    assert shown.faults() == []
    assert Offer.objects.get().status == "accepted"


def preselected(promotion: Promotion) -> tuple[User, Application]:
    alice = person("Alice", "Aubert")
    for title in TITLES:
        published_project(promotion, title)
    return alice, shortlisted(promotion, alice)


def test_wishes_without_a_script(promotion: Promotion, window: Open) -> None:
    alice, application = preselected(promotion)
    shown = window(alice, scripts=False)
    page = shown.go(reverse("ranking:ranking_edit", args=[application.code]))
    for title in TITLES[:5]:
        page.get_by_role("button", name=f"Ajouter « {title} » à ma liste").click()
    page.get_by_role("button", name="Monter « Balise »").click()
    page.get_by_role("button", name="Descendre « Dune »").click()
    page.get_by_role("button", name="Retirer « Cigale »").click()
    expect(shown_text(page, "« Cigale » n’est plus dans votre liste.")).to_be_visible()
    page.get_by_role("button", name="Ajouter « Falaise » à ma liste").click()
    page.get_by_role("link", name="Certifier ma liste").click()
    page.get_by_role("button", name="Certifier cette liste").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accusé de certification")
    wished = [choice.project.title for choice in choices_of(application)]
    assert wished == ["Balise", "Aigle", "Écluse", "Dune", "Falaise"]


def test_a_section_without_a_script(promotion: Promotion, window: Open) -> None:
    """A wrong answer is said in the summary, which leads to its field; the others are kept."""
    alice = person("Alice", "Aubert")
    application = applications.draft(promotion, alice)
    shown = window(alice, scripts=False)
    shown.meant = {422}
    page = shown.go(reverse("candidates:application_edit", args=[application.code, "trade"]))
    page.get_by_label("Métier", exact=True).select_option("design")
    page.get_by_label("Expertise").fill("Services accessibles")
    page.get_by_label("Années d’expérience professionnelle").fill("400")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page).to_have_title(re.compile("^Erreur – "))
    page.locator("[data-error-summary]").get_by_role("link", name="Années d’expérience").click()
    assert page.url.endswith("#id_experience_years")
    application.refresh_from_db()
    assert application.answers["expertise"] == "Services accessibles"
    page.get_by_label("Années d’expérience professionnelle").fill("4")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(shown_text(page, "La rubrique « Métier » est enregistrée.")).to_be_visible()
    application.refresh_from_db()
    assert application.answers["experience_years"] == 4
