"""The letter that says why, the ledger of what was written."""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.actions import refuse_eligibility, restore_eligibility
from candidates.choices import INELIGIBILITY_LETTERS, Ineligibility
from eig.documents.printing import print_next
from eig.mail.choices import Status
from eig.mail.models import Message
from tests.factories import candidates as make
from tests.people import signed_in


@pytest.mark.parametrize("code", [code for code in Ineligibility if code != Ineligibility.OTHER])
def test_a_named_reason_says_the_sentence_of_the_reglement(promotion, diane, code):
    application = make.submitted(promotion)
    address = reverse("candidates:staff_application_refuse", args=[promotion.code, application.code])
    signed_in(diane).post(address, {"code": str(code), "reason": ""})
    application.refresh_from_db()
    assert application.ineligibility_code == code
    assert application.ineligibility == INELIGIBILITY_LETTERS[code]
    assert INELIGIBILITY_LETTERS[code] in Message.objects.get(kind="candidates/application_ineligible").body


def test_another_reason_is_written_by_hand(promotion, diane):
    application = make.submitted(promotion)
    address = reverse("candidates:staff_application_refuse", args=[promotion.code, application.code])
    assert signed_in(diane).post(address, {"code": "other", "reason": " "}).status_code == 422


def test_the_letter_is_printed_and_is_its_persons_to_fetch(promotion, diane, emile):
    application = make.submitted(promotion)
    while print_next():
        pass
    refuse_eligibility(
        application, reason="En licence.", code=Ineligibility.STUDENT, by=diane, at=timezone.now()
    )
    assert print_next()
    mine = reverse("candidates:letter_download", args=[application.code])
    theirs = reverse("candidates:staff_letter_download", args=[promotion.code, application.code])
    for who, address in ((application.candidate, mine), (diane, theirs)):
        response = signed_in(who).get(address)
        assert response.status_code == 200
        assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert signed_in(emile).get(mine).status_code == 404
    restore_eligibility(application, reason="Erreur.", by=diane, at=timezone.now())
    assert signed_in(application.candidate).get(mine).status_code == 404


def test_the_ledger_tells_staff_everything_and_the_person_what_left(promotion, diane):
    application = make.submitted(promotion)
    received = Message.objects.get(kind="candidates/application_received")
    Message.objects.filter(pk=received.pk).update(status=Status.FAILED, attempts=6, error="550 boîte pleine")
    page = signed_in(diane).get(
        reverse("candidates:staff_application_detail", args=[promotion.code, application.code])
    )
    said = page.content.decode()
    assert received.subject in said
    assert "550 boîte pleine" in said
    mine = signed_in(application.candidate).get(reverse("journey:message_list")).content.decode()
    assert received.subject in mine
    assert "550" not in mine
    one = signed_in(application.candidate).get(reverse("journey:message_detail", args=[received.code]))
    assert application.number in one.content.decode()
