"""The pages, through the client: what each person sees, what bad input gets."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.actions import add_attachment
from candidates.choices import Outcome, Status
from candidates.models import Application
from eig.dossiers.queries import form_of
from tests.factories import candidates as make
from tests.people import signed_in


def url(name: str, *args) -> str:
    return reverse(f"candidates:{name}", args=args)


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def application(promotion, alice) -> Application:
    return make.draft(promotion, alice)


def test_the_call_tells_conditions_pay_steps_calendar_and_questions(promotion, client):
    page = text_of(client.get(url("call", promotion.code)))
    for words in (
        "3\u202f500\u00a0€",
        "4\u202f000\u00a0€",
        "jusqu’à 5 ans",
        "Appel à candidatures",
        "Faut-il un diplôme",
        "Calendrier",
    ):
        assert words in page
    assert "Se connecter pour candidater" in page


def test_an_unknown_promotion_has_no_call(client, db):
    assert client.get(url("call", "eig-99")).status_code == 404


def test_starting_leads_to_the_dossier(promotion, alice):
    response = signed_in(alice).post(url("application_start", promotion.code), follow=True)
    assert "Où en est ma candidature" in text_of(response)
    assert Application.objects.get().candidate == alice


def test_a_reader_who_tries_to_apply_gets_a_sentence(promotion, claire):
    make.reader(promotion, claire)
    page = text_of(signed_in(claire).post(url("application_start", promotion.code), follow=True))
    assert "ne peuvent pas y candidater" in page


def test_every_section_opens_and_saves_empty(application, alice):
    client = signed_in(alice)
    for section in form_of(application.promotion, "application").sections:
        address = url("application_edit", application.code, section.code)
        assert client.get(address).status_code == 200
        assert client.post(address, {"version": application.version, "then": "stay"}).status_code == 302


def test_bad_and_good_answers_are_both_kept_on_screen_and_the_good_ones_saved(application, alice):
    address = url("application_edit", application.code, "trade")
    data = {"version": 1, "expertise": "Cartes", "experience_years": "quatre", "then": "next"}
    response = signed_in(alice).post(address, data)
    assert response.status_code == 422
    assert 'value="quatre"' in text_of(response)
    assert "Erreur – " in text_of(response)
    application.refresh_from_db()
    assert application.answers == {"expertise": "Cartes"}


@pytest.mark.parametrize("bad", ["a\x00b", "x" * 5000])
def test_wrong_texts_get_a_sentence_and_no_crash(application, alice, bad):
    response = signed_in(alice).post(
        url("application_edit", application.code, "skills"), {"version": 1, "skills": bad}
    )
    assert response.status_code == 422
    assert "fr-message--error" in text_of(response)


def test_a_stale_save_shows_both_texts_and_overwrites_nothing(application, alice):
    client, address = signed_in(alice), url("application_edit", application.code, "skills")
    client.post(address, {"version": 1, "skills": "Le texte du premier onglet"})
    response = client.post(address, {"version": 1, "skills": "Le texte du second onglet"})
    assert response.status_code == 409
    page = text_of(response)
    assert "Le texte du premier onglet" in page
    assert "Le texte du second onglet" in page
    application.refresh_from_db()
    assert application.answers["skills"] == "Le texte du premier onglet"
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    client.post(address, {"version": version, "skills": "Le texte choisi"})
    application.refresh_from_db()
    assert application.answers["skills"] == "Le texte choisi"


def test_a_line_end_counts_for_one(application, alice):
    """As the counter of the page says: a text of exactly the limit, posted by a browser, is kept."""
    most = form_of(application.promotion, "application").question("skills").max_length
    text = ("ligne\r\n" * most)[: most + most // 6]
    posted = text.replace("\r\n", "\n")[: most - 1].replace("\n", "\r\n") + "."
    assert len(posted) > most
    client, section = signed_in(alice), url("application_edit", application.code, "skills")
    assert client.post(section, {"version": "0", "skills": posted}).status_code == 302
    application.refresh_from_db()
    assert len(application.answers["skills"]) == most


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999"])
def test_a_strange_version_is_no_crash(application, alice, version):
    response = signed_in(alice).post(
        url("application_edit", application.code, "skills"), {"version": version, "skills": "Texte"}
    )
    assert response.status_code in {302, 409}


def test_an_unknown_section_is_a_404(application, alice):
    assert signed_in(alice).get(url("application_edit", application.code, "inconnue")).status_code == 404


def upload(client, application, data: bytes, name: str = "cv.pdf", question: str = "cv"):
    file = SimpleUploadedFile(name, data, content_type="application/pdf")
    address = url("attachment_add", application.code, question)
    return client.post(address, {f"fichier-{question}": file})


def test_a_cv_is_received_in_quarantine_and_shown(application, alice):
    client = signed_in(alice)
    assert upload(client, application, make.pdf()).status_code == 302
    page = text_of(client.get(url("application_edit", application.code, "documents")))
    assert "cv.pdf" in page
    assert "Vérification en cours" in page
    document = application.attachments.get().document
    assert client.get(url("attachment_download", application.code, document.code)).status_code == 404
    make.checked(document)
    assert "Vérifié" in text_of(client.get(url("application_edit", application.code, "documents")))
    response = client.get(url("attachment_download", application.code, document.code))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    client.post(url("attachment_remove", application.code, document.code))
    assert not application.attachments.exists()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"<html><script>alert(1)</script></html>", "cv.pdf", "ne correspond pas à son nom"),
        (b"%PDF-" + b"0" * (20 * 1024 * 1024), "cv.pdf", "la limite est de 5 Mo"),
        (b"", "cv.pdf", "vide"),
        (b"MZ\x90", "cv.exe", "n’est pas accepté"),
        (b"%PDF-1.7", "x" * 600 + ".pdf", ""),
        (b"%PDF-1.7", "nul\x00.pdf", ""),
    ],
)
def test_a_bad_file_says_which_limit_it_broke_and_keeps_the_former(application, alice, data, name, sentence):
    client = signed_in(alice)
    upload(client, application, make.pdf(), "premier.pdf")
    response = upload(client, application, data, name)
    if sentence:
        assert response.status_code == 422
        assert sentence in text_of(response)
        assert application.attachments.get().document.name == "premier.pdf"
    else:
        assert response.status_code in {302, 400, 422}


def test_the_button_of_the_section_takes_the_file_too(application, alice):
    """Without a script, a file chosen and « Enregistrer et continuer »: received, then said so."""
    client, section = signed_in(alice), url("application_edit", application.code, "documents")
    file = SimpleUploadedFile("cv.pdf", make.pdf(), content_type="application/pdf")
    response = client.post(section, {"then": "next", "fichier-cv": file}, follow=True)
    assert "« cv.pdf » est reçu." in text_of(response)
    assert "est enregistrée" in text_of(response)
    assert application.attachments.get().document.name == "cv.pdf"
    page = text_of(client.get(section))
    assert re.search(r'<form[^>]*id="rubrique"[^>]*enctype="multipart/form-data"', page)
    assert re.search(r'<input[^>]*type="file"[^>]*form="rubrique"', page)


def test_nothing_is_said_saved_when_the_file_is_refused(application, alice):
    client, section = signed_in(alice), url("application_edit", application.code, "documents")
    bad = SimpleUploadedFile("cv.pdf", b"<html>", content_type="application/pdf")
    response = client.post(section, {"then": "next", "fichier-cv": bad})
    assert response.status_code == 422
    assert "ne correspond pas à son nom" in text_of(response)
    assert "est enregistrée" not in text_of(response)
    assert not application.attachments.exists()


def test_a_person_sends_so_many_files_within_an_hour(application, alice, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "uploads": "2/h/user"}
    client = signed_in(alice)
    for _ in range(2):
        assert upload(client, application, make.pdf()).status_code == 302
    response = upload(client, application, make.pdf(2))
    assert response.status_code == 422
    assert "beaucoup de fichiers" in text_of(response)
    assert application.attachments.count() == 1


def test_no_file_at_all_gets_a_sentence(application, alice):
    response = signed_in(alice).post(url("attachment_add", application.code, "cv"))
    assert response.status_code == 422
    assert "Choisissez un fichier" in text_of(response)


def test_a_broken_pdf_is_refused_by_the_check_and_said(application, alice):
    document = make.received(alice, b"%PDF-1.7 rien de plus")
    add_attachment(application, question="cv", document=document, by=alice, at=timezone.now())
    make.checked(document)
    page = text_of(signed_in(alice).get(url("application_edit", application.code, "documents")))
    assert "Refusé" in page
    assert "abîmé" in page


def test_the_review_page_links_to_each_missing_answer(application, alice):
    page = text_of(signed_in(alice).get(url("application_review", application.code)))
    assert f"{url('application_edit', application.code, 'skills')}#id_skills" in page
    assert f"{url('application_edit', application.code, 'documents')}#fichier-cv" in page
    assert "Déposer ma candidature" not in page


def test_every_link_of_the_review_page_reaches_a_field(application, alice):
    client = signed_in(alice)
    page = text_of(client.get(url("application_review", application.code)))
    links = re.findall(r'href="(/candidatures/[^"#]+)#([^"]+)"', page)
    assert len(links) > 15
    for address, anchor in links:
        assert f'id="{anchor}"' in text_of(client.get(address)), (address, anchor)


def test_handing_in_an_incomplete_dossier_says_what_is_missing(application, alice):
    response = signed_in(alice).post(url("application_submit", application.code), follow=True)
    assert "Il reste à remplir" in text_of(response)


def test_a_whole_dossier_is_handed_in_and_gives_its_receipt(promotion, alice):
    application, client = make.ready(promotion, alice), signed_in(alice)
    assert "Déposer ma candidature" in text_of(client.get(url("application_review", application.code)))
    response = client.post(url("application_submit", application.code), follow=True)
    assert "EIG-6-C-0001" in text_of(response)
    again = client.post(url("application_submit", application.code), follow=True)
    assert "EIG-6-C-0001" in text_of(again)
    for section in ("trade", "documents"):
        edit = client.get(url("application_edit", application.code, section))
        assert edit.status_code == 302


def test_withdrawing_asks_first(promotion, alice):
    application, client = make.submitted(promotion, alice), signed_in(alice)
    address = url("application_withdraw", application.code)
    assert "définitif" in text_of(client.get(address))
    assert Application.objects.get().status == Status.SUBMITTED
    client.post(address)
    assert Application.objects.get().status == Status.WITHDRAWN
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("state", [Status.DRAFT, Status.SUBMITTED, Status.SHORTLISTED, Status.DECLINED])
def test_the_status_page_says_now_next_expected_and_who(promotion, alice, state):
    application = make.submitted(promotion, alice) if state != Status.DRAFT else make.draft(promotion, alice)
    if state in {Status.SHORTLISTED, Status.DECLINED}:
        make.decided(promotion, make.read_twice(application), outcome=Outcome(state))
    page = text_of(signed_in(alice).get(url("application_detail", application.code)))
    for words in ("Ce qui vient ensuite", "Ce qu’on attend de vous", "Qui décide"):
        assert words in page
    if state == Status.DECLINED:
        assert "Le motif." in page


def test_a_stranger_finds_nothing(promotion, alice, emile):
    application = make.submitted(promotion, alice)
    client = signed_in(emile)
    for name in ("application_detail", "application_review", "application_receipt", "application_anonymous"):
        assert client.get(url(name, application.code)).status_code == 404
    assert client.post(url("application_submit", application.code)).status_code == 404
    assert client.get(url("reading_list")).status_code == 404
    assert Client().get(url("application_detail", application.code)).status_code == 302


def test_my_applications_are_listed(promotion, alice, emile):
    make.draft(promotion, alice)
    assert promotion.name in text_of(signed_in(alice).get(url("application_list")))
    assert "pas encore candidaté" in text_of(signed_in(emile).get(url("application_list")))
