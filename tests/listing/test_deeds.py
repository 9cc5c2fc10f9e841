"""Deeds on many rows, whatever the list: looked at first, a result per row, nothing twice."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.exports.actions import ask_export, write_next_export
from eig.exports.models import Export
from eig.journal.models import Entry
from eig.listing.actions import apply_bulk, fill_bulk, prepare_bulk
from eig.listing.asking import asked_of, data_of
from eig.listing.choices import RowState
from eig.listing.description import Look
from eig.listing.models import BulkDeed
from eig.listing.tasks import finish_bulk
from eig.mail.choices import Status
from eig.mail.models import Message
from journey.queries.listing import JOURNAL, MAILS
from journey.words import VERBS, verb_words
from tests.factories import candidates as make
from tests.listing.verbs import verbs_written
from tests.people import signed_in


def written(promotion, person: User, *, status: str = Status.NEW, subject: str = "") -> Message:
    return Message.objects.create(
        promotion_id=promotion.pk,
        kind="candidates/team_letter",
        key=f"essai:{Message.objects.count()}",
        to_email=person.email,
        to_person=person,
        subject=subject or "Un mot",
        body="Bonjour",
        status=status,
        created_at=timezone.now(),
        not_before=timezone.now(),
    )


def found(listing, promotion, by, **given) -> list:
    look = Look(promotion, by, timezone.now())
    data = data_of({name: [value] for name, value in given.items()})
    return list(asked_of(listing, look, data=data).rows)


def test_a_mail_is_found_by_the_name_of_whoever_receives_it(promotion, diane):
    """Faults m40: a name, accents or not, in any order, with a word of the subject."""
    letter = written(promotion, make.candidate("Zoé", "Œillet"), subject="Votre candidature")
    written(promotion, make.candidate("Paul", "Martin"), subject="Votre candidature")
    for words in ("oeillet", "zoe OEILLET", "Œillet candidature", letter.to_email):
        assert found(MAILS, promotion, diane, q=words) == [letter], words
    page = signed_in(diane).get(reverse("journey:staff_mail_list", args=[promotion.code]), {"q": "oeillet"})
    assert "Zoé Œillet" in page.content.decode()
    assert "Paul Martin" not in page.content.decode()


def test_what_failed_leaves_again_and_nothing_else_does(promotion, diane):
    failed = [written(promotion, make.candidate(), status=Status.FAILED) for _ in range(3)]
    waiting = written(promotion, make.candidate())
    client, address = signed_in(diane), reverse("journey:staff_mail_list", args=[promotion.code])
    rows = [failed[0].code, failed[1].code, waiting.code]
    ticked = {"act": "deed", "kind": "retry", "scope": "chosen", "code": rows}
    preview = client.post(address, ticked, follow=True).content.decode()
    assert preview.count("Sera fait") == 2
    assert preview.count("Serait refusé") == 1
    assert not Message.objects.filter(status=Status.NEW).exclude(pk=waiting.pk).exists()
    bulk = BulkDeed.objects.get()
    client.post(reverse("listing:bulk_apply", args=[promotion.code, bulk.code]))
    assert dict(bulk.rows.values_list("record_id", "state")) == {
        failed[0].pk: RowState.DONE,
        failed[1].pk: RowState.DONE,
        waiting.pk: RowState.REFUSED,
    }
    assert set(Message.objects.filter(status=Status.FAILED)) == {failed[2]}


def test_every_result_of_the_filter_is_more_than_the_page(promotion, diane):
    for _ in range(MAILS.page + 2):
        written(promotion, make.candidate(), status=Status.FAILED)
    written(promotion, make.candidate())
    address = reverse("journey:staff_mail_list", args=[promotion.code]) + "?status=failed"
    signed_in(diane).post(address, {"act": "deed", "kind": "retry", "scope": "all"})
    assert BulkDeed.objects.get().rows.count() == MAILS.page + 2


def test_the_worker_ends_what_the_request_began(promotion, diane):
    """One row that cannot be done, one whose record is gone, stop neither those before nor those after."""
    first, gone, sent, last = (written(promotion, make.candidate(), status=Status.FAILED) for _ in range(4))
    now = timezone.now()
    rows = [item.pk for item in (first, gone, sent, last)]
    bulk = prepare_bulk(MAILS, promotion, kind="retry", rows=rows, by=diane, at=now)
    fill_bulk(bulk, given={}, by=diane, at=now)
    assert apply_bulk(bulk, by=diane, at=now, most=1) == 3
    gone_pk = gone.pk
    gone.delete()
    Message.objects.filter(pk=sent.pk).update(status=Status.SENT, sent_at=now)
    finish_bulk(bulk.pk)
    states = dict(bulk.rows.values_list("record_id", "state"))
    assert states == {
        first.pk: RowState.DONE,
        gone_pk: RowState.REFUSED,
        sent.pk: RowState.REFUSED,
        last.pk: RowState.DONE,
    }
    assert "n’existe plus" in bulk.rows.get(record_id=gone_pk).said
    finish_bulk(bulk.pk)
    assert Entry.objects.filter(verb="retry").count() == 2


def test_the_journal_is_filtered_by_person_record_day_and_kind(promotion, diane, denis):
    """Faults S36: 108 pages and no filter."""
    application, now = make.submitted(promotion, make.candidate("Zoé", "Œillet")), timezone.now()

    def entry(verb: str, actor: User | None, *, days: int) -> Entry:
        return Entry.objects.create(
            at=now - timedelta(days=days),
            actor=actor,
            verb=verb,
            record_type="candidates.application",
            record_id=application.pk,
            record_label="Candidature de Zoé Œillet",
            promotion_id=promotion.pk,
        )

    old, new = entry("recuse", diane, days=40), entry("add_attachment", denis, days=20)
    alone = entry("seal", None, days=30)

    def ours(**given) -> set[Entry]:
        return set(found(JOURNAL, promotion, diane, **given)) & {old, new, alone}

    assert ours() == {old, new, alone}
    assert ours(actor=str(denis.code)) == {new}
    assert ours(actor="service") == {alone}
    assert ours(verb="recuse") == {old}
    assert ours(q="oeillet") == {old, new, alone}
    assert ours(q="martin") == set()
    assert ours(kind="candidates.application") == {old, new, alone}
    day = (now - timedelta(days=30)).astimezone(timezone.get_current_timezone()).date()
    assert ours(since=day.isoformat(), until=day.isoformat()) == {alone}
    page = signed_in(diane).get(reverse("journey:staff_journal", args=[promotion.code])).content.decode()
    assert "Enregistre un déport</option>" in page
    assert "Change l’état</option>" in page


def test_every_verb_of_the_journal_has_french_words():
    verbs = verbs_written() - {"move"}
    assert len(verbs) > 100
    assert sorted(verbs - set(VERBS)) == []
    assert verb_words("move") == "change l’état"


def test_a_deed_of_a_list_that_is_gone_is_not_done(promotion, diane):
    """What a former build prepared and no list declares any more: said, never a fault, never for ever."""
    now = timezone.now()
    bulk = BulkDeed.objects.create(
        promotion=promotion, listing="disparue", kind="x", given={"said": True}, asked_by=diane, asked_at=now
    )
    bulk.rows.create(record_type="candidates.application", record_id=1)
    client = signed_in(diane)
    assert "disparue" in client.get(reverse("listing:bulk_list", args=[promotion.code])).content.decode()
    assert client.get(reverse("listing:bulk_detail", args=[promotion.code, bulk.code])).status_code == 404
    finish_bulk(bulk.pk)
    assert bulk.rows.get().state == RowState.REFUSED


def test_an_export_is_the_list_of_whoever_asked(promotion, diane):
    written(promotion, make.candidate("Zoé", "Œillet"), status=Status.FAILED)
    written(promotion, make.candidate())
    given = {"status": ["failed"]}
    ask_export(promotion, kind="courriels", format="csv", given=given, by=diane, at=timezone.now())
    write_next_export(clock=timezone.now)
    export = Export.objects.get()
    assert (export.status, export.rows_done) == ("ready", 1)


def test_mails_of_accounts_are_read_beside_those_of_the_promotion_but_for_their_secrets(promotion, diane):
    """Faults S63c: codes and invitations were on no page; a code that is read opens the account."""
    person, client = make.candidate("Zoé", "Œillet"), signed_in(diane)
    code = written(promotion, person, subject="Votre code de connexion", status=Status.FAILED)
    Message.objects.filter(pk=code.pk).update(promotion_id=None, body="123456")
    letter = written(promotion, person)
    assert found(MAILS, promotion, diane) == [letter]
    assert found(MAILS, promotion, diane, about="accounts") == [code]
    assert set(found(MAILS, promotion, diane, about="all")) == {code, letter}
    page = client.get(reverse("journey:staff_mail_detail", args=[promotion.code, code.code])).content.decode()
    assert "Votre code de connexion" in page
    assert "123456" not in page
    client.post(reverse("journey:staff_mail_retry", args=[promotion.code, code.code]))
    assert Message.objects.get(pk=code.pk).status == Status.NEW


def test_one_deed_sends_again_what_waits_for_a_relay_and_says_what_may_be_twice(promotion, diane):
    later = timezone.now() + timedelta(hours=4)
    waiting, doubtful, gone_by = (written(promotion, make.candidate()) for _ in range(3))
    Message.objects.update(attempts=7, not_before=later, error="Le relais ne répond pas.")
    Message.objects.filter(pk=doubtful.pk).update(ambiguous=True)
    Message.objects.filter(pk=gone_by.pk).update(until=timezone.now() - timedelta(minutes=1))
    never_tried = written(promotion, make.candidate())
    client, address = signed_in(diane), reverse("journey:staff_mail_list", args=[promotion.code])
    assert never_tried not in found(MAILS, promotion, diane, stuck="on")
    preview = client.post(
        f"{address}?stuck=on", {"act": "deed", "kind": "retry", "scope": "all"}, follow=True
    ).content.decode()
    assert (preview.count("Sera fait"), preview.count("Serait refusé")) == (2, 1)
    assert "peut être déjà parti" in preview
    assert "n’avait d’objet que jusqu’au" in preview
    client.post(reverse("listing:bulk_apply", args=[promotion.code, BulkDeed.objects.get().code]))
    now = timezone.now()
    assert set(Message.objects.filter(attempts=0, not_before__lte=now)) == {waiting, doubtful, never_tried}
