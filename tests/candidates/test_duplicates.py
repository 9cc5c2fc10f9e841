"""The same person twice, the same file twice: found, compared, concluded upon, journaled."""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.actions import AlreadyRuled, NotAPair, keep_both, set_one_aside, withdraw_application_record
from candidates.choices import Status
from candidates.queries import duplicate_pairs, lookalikes, pair_of
from eig.journal.models import Entry
from eig.mail.models import Message
from tests.factories import candidates as make
from tests.people import signed_in


def applicant(promotion, first, last, email, **answers):
    who = make.candidate()
    who.first_name, who.last_name, who.email = first, last, email
    who.save()
    application = make.submitted(promotion, who, **answers)
    # Each its own file, unless a test says otherwise.
    for attachment in application.attachments.select_related("document"):
        attachment.document.sha256 = f"{application.pk:064}"
        attachment.document.save()
    return application


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        (("Anaïs", "Le Gall", "a@x.example"), ("LE GALL", "Anais", "b@y.example"), "Même nom"),
        (("Jean-Noël", "Roy", "a@x.example"), ("jean noel", "ROY", "b@y.example"), "Même nom"),
        (
            ("Ana", "Roy", "ana+eig@x.example"),
            ("Bea", "Dru", "ana@x.example"),
            "Même adresse, écrite autrement",
        ),
        (
            ("Ana", "Roy", "an.a@gmail.com"),
            ("Bea", "Dru", "ana@googlemail.com"),
            "Même adresse, écrite autrement",
        ),
    ],
)
def test_the_same_person_is_found_under_two_accounts(promotion, one, two, reason):
    first, second = applicant(promotion, *one), applicant(promotion, *two)
    applicant(promotion, "Tiers", "Inconnu", "tiers@z.example")
    assert duplicate_pairs(promotion) == [(first.pk, second.pk)]
    assert pair_of(promotion, second, first).reasons == (reason,)
    assert lookalikes(second) == [first.pk]


def test_the_same_phone_and_the_same_file_are_found(promotion):
    first = applicant(promotion, "Ana", "Roy", "a@x.example", phone="06 12 34 56 78")
    second = applicant(promotion, "Bea", "Dru", "b@y.example", phone="+33 6 12 34 56 78")
    third = applicant(promotion, "Cléo", "Fay", "c@z.example", phone="06 99 99 99 99")
    document = third.attachments.get().document
    document.sha256 = first.attachments.get().document.sha256
    document.save()
    assert duplicate_pairs(promotion) == [(first.pk, second.pk), (first.pk, third.pk)]
    assert pair_of(promotion, first, second).reasons == ("Même téléphone",)
    assert pair_of(promotion, first, third).reasons == ("Même fichier",)


def test_dots_count_elsewhere_than_at_gmail_and_empty_phones_are_nobodys(promotion):
    applicant(promotion, "Ana", "Roy", "a.b@x.example", phone="")
    applicant(promotion, "Bea", "Dru", "ab@x.example", phone="")
    assert duplicate_pairs(promotion) == []


def test_both_kept_for_a_reason_are_compared_no_more(promotion, diane):
    pair = tuple(applicant(promotion, "Ana", "Roy", f"{x}@x.example") for x in "ab")
    keep = {"pair": pair, "by": diane, "at": timezone.now()}
    with pytest.raises(NotAPair):
        keep_both(promotion, reason="  ", **keep)
    keep_both(promotion, reason="Des homonymes, nés à vingt ans d’écart.", **keep)
    assert duplicate_pairs(promotion) == []
    with pytest.raises(AlreadyRuled):
        keep_both(promotion, reason="Encore", **keep)
    assert Entry.objects.filter(verb="rule_on_duplicate").count() == 2


def test_one_set_aside_is_told_why_and_the_other_is_read(promotion, diane):
    first, second = (applicant(promotion, "Ana", "Roy", f"{x}@x.example") for x in "ab")
    set_one_aside(promotion, aside=first, kept=second, reason="Même personne", by=diane, at=timezone.now())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.ineligibility_code) == (Status.INELIGIBLE, "duplicate")
    assert second.status == Status.SUBMITTED
    assert "deux candidatures" in Message.objects.get(kind="candidates/application_ineligible").body
    assert duplicate_pairs(promotion) == []


def test_what_is_withdrawn_is_nobodys_duplicate(promotion):
    first, second = (applicant(promotion, "Ana", "Roy", f"{x}@x.example") for x in "ab")
    withdraw_application_record(first, by=first.candidate, at=timezone.now())
    assert duplicate_pairs(promotion) == []
    assert second.pk


def test_the_pages_compare_and_conclude(promotion, diane):
    first, second = (applicant(promotion, "Ana", "Roy", f"{x}@x.example") for x in "ab")
    client = signed_in(diane)
    listed = client.get(reverse("candidates:staff_duplicate_list", args=[promotion.code])).content.decode()
    assert first.number in listed
    assert second.number in listed
    shown = client.get(
        reverse("candidates:staff_application_list", args=[promotion.code]), {"duplicates": "on"}
    ).content.decode()
    assert first.number in shown
    address = reverse("candidates:staff_duplicate_detail", args=[promotion.code, second.code, first.code])
    page = client.get(address).content.decode()
    assert "b@x.example" in page
    assert "Identique" in page
    assert client.post(address, {"conclusion": "distinct"}).status_code == 422
    client.post(address, {"conclusion": str(second.code), "reason": "La même personne."})
    second.refresh_from_db()
    assert second.status == Status.INELIGIBLE
