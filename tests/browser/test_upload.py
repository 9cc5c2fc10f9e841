"""A file leaves as it is chosen or dropped; cut off, it goes with the form of its section."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from eig.promotions.models import Promotion
from tests.browser.conftest import Open
from tests.browser.site import shown_text
from tests.factories import candidates as applications
from tests.people import person

DROP = """(zone, bytes) => {
  const given = new DataTransfer();
  given.items.add(new File([new Uint8Array(bytes)], "glisse.pdf", { type: "application/pdf" }));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true }));
}"""


def chosen(page: Page, name: str) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": applications.pdf()}
    page.locator("#fichier-cv").set_input_files(file)


def test_a_file_leaves_as_it_is_chosen_or_dropped(promotion: Promotion, window: Open) -> None:
    alice = person("Alice", "Aubert")
    application = applications.draft(promotion, alice)
    shown = window(alice)
    page = shown.go(reverse("candidates:application_edit", args=[application.code, "documents"]))
    expect(page.get_by_role("button", name="Déposer ce fichier CV")).to_be_hidden()
    chosen(page, "choisi.pdf")
    expect(shown_text(page, "« choisi.pdf » est reçu.")).to_be_visible()
    expect(page.locator('[data-piece="cv"] strong')).to_have_text("choisi.pdf")
    page.locator('[data-piece="cv"] [data-upload]').evaluate(DROP, list(applications.pdf(2)))
    expect(page.locator('[data-piece="cv"] strong')).to_have_text("glisse.pdf")
    assert application.attachments.get().document.name == "glisse.pdf"
    assert shown.faults() == []


def test_what_is_cut_is_said_and_goes_with_the_section(promotion: Promotion, window: Open) -> None:
    alice = person("Alice", "Aubert")
    application = applications.draft(promotion, alice)
    shown = window(alice)
    page = shown.go(reverse("candidates:application_edit", args=[application.code, "documents"]))
    page.route("**/pieces/**", lambda route: route.abort())
    chosen(page, "coupe.pdf")
    expect(shown_text(page, "La connexion est coupée : le fichier n’est pas reçu.")).to_be_visible()
    assert not application.attachments.exists()
    # The browser complains of the cut in its console.
    shown.complaints.clear()
    page.unroute("**/pieces/**")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(shown_text(page, "« coupe.pdf » est reçu.")).to_be_visible()
    assert application.attachments.get().document.name == "coupe.pdf"
