"""Step 2 through the client only: from the call to the published preselection."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from candidates.models import Application, Review
from eig.documents.checking import check_next
from eig.documents.pdf import PDF_MARK
from eig.documents.printing import print_next
from eig.mail.models import Message
from eig.waves.models import Wave
from tests.factories.candidates import ANSWERS, pdf, reader
from tests.people import signed_in
from tests.signing import agree_on_screen, sign_on_screen

SITUATIONS = ("experience", "initiative", "teamwork", "adaptation", "pedagogy")


def typed(form_page: str, section: str) -> dict[str, object]:
    """What Alice types on the page of a section."""
    by_section = {
        "trade": {
            "trades__1": "developpement",
            "trades__2": "design",
            "expertise": ANSWERS["expertise"],
            "experience_years": "4",
        },
        "eligibility": dict.fromkeys(
            ("not_civil_servant", "not_student", "not_juror", "not_former_member"), "no"
        ),
        "skills": {"skills": ANSWERS["skills"]},
        "experience": {code: ANSWERS[code] for code in SITUATIONS},
        "motivation": {"motivation": ANSWERS["motivation"], "themes": ["mer", "sante"]},
        "mobility": {"mobility": ["bretagne", "remote_partly"], "availability": "2022-09-01"},
        "documents": {},
        "needs": {"phone": "06 12 34 56 78"},
        "attestations": {"attestation_true": "on", "consent_notice": "on"},
    }
    version = re.search(r'name="version" value="(\d+)"', form_page)
    assert version
    return {**by_section[section], "version": version[1], "then": "next"}


def test_from_the_call_to_the_preselection(promotion, alice, claire, diane, denis, client):
    # The call, then the dossier, section after section.
    call = reverse("candidates:call", args=[promotion.code])
    assert "L’appel est ouvert" in client.get(call).content.decode()
    browser = signed_in(alice)
    page = browser.get(call).content.decode()
    start = re.search(r'action="([^"]+/candidater/)"', page)[1]
    response = browser.post(start, follow=True)
    address = re.search(r'href="(/candidatures/[^"]+/dossier/trade/)"', response.content.decode())[1]
    while "/dossier/" in address:
        page = browser.get(address).content.decode()
        section = address.rstrip("/").rpartition("/")[2]
        if section == "documents":
            upload = re.search(r'data-upload="([^"]+/pieces/cv/ajouter/)"', page)[1]
            file = SimpleUploadedFile("Alice Aubert CV.pdf", pdf(2), content_type="application/pdf")
            assert browser.post(upload, {"fichier-cv": file}).status_code == 302
        response = browser.post(address, typed(page, section))
        assert response.status_code == 302, response.content.decode()
        address = response.url
    while check_next():
        pass
    review_page = browser.get(address).content.decode()
    assert "Votre dossier est complet" in review_page

    # The deposit, its receipt on the page, in PDF and by mail.
    submit = re.search(r'action="([^"]+/deposer/)"', review_page)[1]
    receipt = browser.post(submit, follow=True)
    application = Application.objects.get()
    assert application.number in receipt.content.decode()
    while print_next():
        pass
    download = browser.get(reverse("candidates:receipt_download", args=[application.code]))
    assert b"".join(download.streaming_content).startswith(PDF_MARK)
    assert Message.objects.get(to_person=alice).kind == "candidates/application_received"

    # Two readers, handed out by staff, read without the name and sign.
    readers = [reader(promotion, claire), reader(promotion)]
    staff, second = signed_in(diane), signed_in(denis)
    preview = staff.get(
        reverse("candidates:staff_assignment_preview", args=[promotion.code])
    ).content.decode()
    digest = re.search(r'name="digest" value="([^"]+)"', preview)[1]
    staff.post(reverse("candidates:staff_reading_distribute", args=[promotion.code]), {"digest": digest})
    for who in readers:
        browser = signed_in(who)
        sheet = Review.objects.get(reader=who).sheet
        edit = reverse("candidates:review_edit", args=[sheet.code])
        assert "conflit d’intérêts" in browser.get(edit).content.decode()
        browser.post(reverse("candidates:review_clear", args=[sheet.code]))
        page = browser.get(edit).content.decode()
        assert ANSWERS["motivation"] in page
        assert "Aubert" not in page
        marks = dict.fromkeys(re.findall(r'name="(mark_[a-z_]+)"', page), "4")
        assert len(marks) == 6
        signed = sign_on_screen(browser, "candidates", sheet.code, marks)
        assert "signée" in signed.content.decode()

    # A wave: prepared by Diane, validated and published by Denis.
    when = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    waves = reverse("candidates:staff_wave_list", args=[promotion.code])
    staff.post(waves, {"title": "Présélection", "publishes_at": when})
    args = [promotion.code, Wave.objects.get().code]
    staff.post(reverse("candidates:staff_wave_propose", args=args), {"top_developpement": "1"})
    alice_sees = reverse("candidates:application_detail", args=[application.code])
    assert "présélectionné·e" not in signed_in(alice).get(alice_sees).content.decode()
    agree_on_screen(second, reverse("candidates:staff_wave_validate", args=args))
    second.post(reverse("candidates:staff_wave_publish", args=args))
    assert "Vous êtes présélectionné·e" in signed_in(alice).get(alice_sees).content.decode()
    told = Message.objects.get(kind="candidates/application_shortlisted")
    assert told.status == "new"
    assert told.to_person == alice
