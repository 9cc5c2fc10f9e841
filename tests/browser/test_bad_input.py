"""What people get wrong: a clear French sentence each time, what they typed still there, no broken page."""

import re
from datetime import timedelta
from pathlib import Path

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from candidates.models import Application
from eig.promotions.models import Promotion
from tests.browser.conftest import Open
from tests.browser.site import shown_text
from tests.factories import candidates as applications
from tests.people import person, phase

# What is sent as a CV, and what is said of it.
BAD_FILES = {
    "vide.pdf": (b"", "vide"),
    "page.pdf": (b"<!doctype html><title>CV</title><script>alert(1)</script>", "PDF"),
    "enorme.pdf": (b"%PDF-1.7\n" + bytes(20 * 1024 * 1024), "Mo"),
    "programme.pdf": (b"MZ\x90\x00" + bytes(2048), "PDF"),
}


def said(page: Page) -> str:
    """The summary of errors, which has the focus."""
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Erreur – "))
    return summary.inner_text()


def test_a_bad_file_is_refused_in_a_sentence(promotion: Promotion, window: Open, tmp_path: Path) -> None:
    alice = person("Alice", "Aubert")
    application = applications.ready(promotion, alice)
    shown = window(alice)
    shown.meant = {422}
    page = shown.go(reverse("candidates:application_edit", args=[application.code, "documents"]))
    for name, (data, word) in BAD_FILES.items():
        (tmp_path / name).write_bytes(data)
        page.locator("#fichier-cv").set_input_files(tmp_path / name)
        told = page.locator('[data-piece="cv"] [data-upload-status]')
        expect(told).to_contain_text(f"« {name} » n’est pas reçu.")
        assert word in told.inner_text()
        # The file sent before is still the one.
        expect(page.get_by_text("cv.pdf", exact=True).first).to_be_visible()
    assert [row.document.name for row in application.attachments.all()] == ["cv.pdf"]


def test_a_text_too_long_is_counted_and_kept(promotion: Promotion, window: Open) -> None:
    alice = person("Alice", "Aubert")
    application = applications.draft(promotion, alice)
    shown = window(alice)
    page = shown.go(reverse("candidates:application_edit", args=[application.code, "motivation"]))
    field = page.get_by_label("Rejoindre le programme")
    limit = int(field.get_attribute("data-limit") or 0)
    typed = "é" * (limit + 40)
    field.fill(typed)
    expect(page.get_by_text(re.compile("40 caractères de trop")).first).to_be_visible()
    shown.meant = {422}
    page.get_by_role("button", name="Enregistrer et continuer").click()
    assert "caractères" in said(page)
    expect(field).to_have_value(typed)
    assert shown.faults() == []


def test_a_deposit_just_too_late_is_refused_and_nothing_is_lost(promotion: Promotion, window: Open) -> None:
    alice = person("Alice", "Aubert")
    application = applications.ready(promotion, alice)
    shown = window(alice)
    page = shown.go(reverse("candidates:application_review", args=[application.code]))
    phase(promotion, "applications", closes=timezone.now() - timedelta(seconds=1))
    page.get_by_role("button", name="Déposer ma candidature").click()
    expect(page.locator(".eig-messages")).to_contain_text("clos")
    expect(page.get_by_role("heading", name="L’appel n’est pas ouvert")).to_be_visible()
    assert shown.faults() == []
    assert Application.objects.get().status == "draft"


def test_a_page_left_open_in_two_tabs_says_both_texts(promotion: Promotion, window: Open) -> None:
    alice = person("Alice", "Aubert")
    application = applications.draft(promotion, alice)
    address = reverse("candidates:application_edit", args=[application.code, "skills"])
    first, second = window(alice), window(alice)
    # A second of silence, and the page saves by itself: the refusal may come before the button is pressed.
    second.meant = {409}
    first.go(address).get_by_label("Vos compétences").fill("Le premier texte")
    second.go(address).get_by_label("Vos compétences").fill("Le second texte")
    first.page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(shown_text(first.page, "est enregistrée")).to_be_visible()
    second.page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(shown_text(second.page, "Le premier texte")).to_be_visible()
    expect(second.page.get_by_label("Vos compétences")).to_have_value("Le second texte")
    assert second.faults() == []
