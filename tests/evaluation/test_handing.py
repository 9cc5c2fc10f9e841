"""Readings are handed out as they were shown; a reader is changed, leaves, steps aside. On both calls."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from eig.design.templatetags.words import counted
from eig.evaluation.actions import HELD_FOR, PlanChanged, apply_plan
from eig.evaluation.choices import Many, SheetStatus
from eig.evaluation.models import Reader, Recusal
from eig.evaluation.queries import planned_readings
from eig.journal.models import Entry
from eig.listing.actions import apply_bulk, fill_bulk, prepare_bulk
from eig.listing.choices import RowState
from eig.listing.models import BulkDeed
from eig.listing.queries import bulk_rows, forecasts
from tests.people import person, signed_in
from tests.together import together


def plan_of(call, promotion):
    return planned_readings(call.model, promotion, ties=call.desk.ties)


def applied(call, promotion, plan, by, at=None):
    return apply_plan(
        call.model,
        promotion,
        ties=call.desk.ties,
        listing=call.desk.listing,
        digest=plan.digest,
        by=by,
        at=at or timezone.now(),
    )


def pairs_of(call):
    return set(call.model.objects.order_by().values_list(f"{call.model.KIND.dossier}_id", "reader_id"))


def test_what_is_applied_is_what_was_shown_and_each_row_is_kept(call, promotion, diane):
    dossiers, readers = (
        [call.dossier(promotion) for _ in range(2)],
        [call.reader(promotion) for _ in range(2)],
    )
    plan = plan_of(call, promotion)
    assert not call.model.objects.exists()
    deed = applied(call, promotion, plan, diane)
    assert pairs_of(call) == set(plan.pairs)
    rows = list(deed.rows.order_by("record_id"))
    assert [row.record_id for row in rows] == [item.pk for item in dossiers]
    assert all(str(reader) in row.said for row in rows for reader in readers)
    assert Entry.objects.filter(verb="apply_plan", record_id=deed.pk).exists()


def test_a_plan_that_changed_is_not_applied(call, promotion, diane):
    call.dossier(promotion)
    call.reader(promotion)
    plan = plan_of(call, promotion)
    call.reader(promotion)
    with pytest.raises(PlanChanged):
        applied(call, promotion, plan, diane)
    assert not call.model.objects.exists()
    assert not BulkDeed.objects.exists()


def test_the_page_applies_what_it_showed_and_nothing_else(call, promotion, diane):
    dossier, client = call.dossier(promotion), signed_in(diane)
    readers = [call.reader(promotion) for _ in range(2)]
    preview = call.url(call.desk.preview, promotion.code)
    shown = client.get(preview).content.decode()
    plan = plan_of(call, promotion)
    assert f'name="digest" value="{plan.digest}"' in shown
    assert all(str(reader) in shown for reader in readers)
    distribute = call.url("staff_reading_distribute", promotion.code)
    for given in ({}, {"digest": "autre"}):
        away = client.post(distribute, given, follow=True)
        assert away.redirect_chain[-1][0] == preview
        assert "ont changé depuis cet aperçu" in away.content.decode()
        assert not call.model.objects.exists()
    done = client.post(distribute, {"digest": plan.digest}, follow=True).content.decode()
    assert "Voici le résultat, ligne par ligne" in done
    assert all(str(reader) in done for reader in readers)
    assert pairs_of(call) == {(dossier.pk, reader.pk) for reader in readers}
    # Said twice, by a page that was left open: nothing is left to hand out.
    client.post(distribute, {"digest": plan.digest})
    assert call.model.objects.count() == 2


def test_the_preview_says_with_how_many_others_each_reads_and_who_compares_with_nobody(
    call, promotion, diane
):
    for _ in range(2):
        call.dossier(promotion)
    readers, client = [call.reader(promotion) for _ in range(4)], signed_in(diane)
    preview = call.url(call.desk.preview, promotion.code)
    one, two = (f">{counted(number, 'autre')}<" for number in (1, 2))
    shown = client.get(preview).content.decode()
    assert shown.count(one) == 4
    assert f"{readers[2]}, {readers[3]}" in shown
    assert "n’auraient aucun dossier en commun" in shown
    call.dossier(promotion)
    mixed = client.get(preview).content.decode()
    assert (mixed.count(two), mixed.count(one)) == (2, 2)
    assert "aucun dossier en commun" not in mixed
    # One reader a dossier: nothing compares, nothing is to be said.
    call.required(promotion, 1)
    assert "aucun dossier en commun" not in client.get(preview).content.decode()


def test_who_read_together_still_counts_once_the_reading_is_over(call, promotion, diane):
    dossier, readers = call.dossier(promotion), [call.reader(promotion) for _ in range(2)]
    for who in readers:
        call.signed(dossier, who)
    call.publish(dossier)
    shown = signed_in(diane).get(call.url(call.desk.preview, promotion.code)).content.decode()
    assert shown.count(f">{counted(1, 'autre')}<") == 2
    plan = plan_of(call, promotion)
    assert (plan.pairs, plan.unmet) == ((), {})


def test_a_place_left_unopened_goes_back_before_the_plan_and_stays_back(call, promotion, diane):
    """What the page showed did not count it: it is shown again, and can then be applied."""
    call.required(promotion, 1)
    call.dossier(promotion)
    taken, other = call.reader(promotion), call.reader(promotion)
    call.take(promotion, taken)
    Reader.objects.filter(person=taken).update(cap=0)
    late = timezone.now() + HELD_FOR + timedelta(minutes=1)
    before = plan_of(call, promotion)
    assert before.pairs == ()
    with pytest.raises(PlanChanged):
        applied(call, promotion, before, diane, at=late)
    again = plan_of(call, promotion)
    assert [reader for _, reader in again.pairs] == [other.pk]
    applied(call, promotion, again, diane, at=late)
    assert pairs_of(call) == set(again.pairs)


def test_what_nobody_can_take_is_said(call, promotion, diane):
    dossier, who, client = call.dossier(promotion), call.reader(promotion), signed_in(diane)
    edit = call.url("staff_reader_edit", promotion.code, who.code)
    assert client.post(edit, {"cap": "0"}).status_code == 302
    plan = plan_of(call, promotion)
    assert (plan.pairs, dict(plan.unmet)) == ((), {dossier.pk: 2})
    assert (
        "Il manque des lecteurs" in client.get(call.url(call.desk.preview, promotion.code)).content.decode()
    )
    row = applied(call, promotion, plan, diane).rows.get()
    assert row.state == RowState.REFUSED
    assert "Il manque 2 lectures" in row.said


def test_how_many_a_reader_takes_is_changed_by_the_team(call, promotion, diane):
    who, client = call.reader(promotion), signed_in(diane)
    edit = call.url("staff_reader_edit", promotion.code, who.code)
    assert f'href="{edit}"' in client.get(call.url("staff_reading_list", promotion.code)).content.decode()
    refused = client.post(edit, {"cap": "beaucoup"})
    assert refused.status_code == 422
    assert "beaucoup" in refused.content.decode()
    client.post(edit, {"cap": "7"})
    assert Reader.objects.get(person=who).cap == 7
    assert ("Métiers lus" in client.get(edit).content.decode()) == bool(call.model.KIND.trades)


def test_a_reader_who_leaves_frees_what_is_not_signed(call, promotion, diane):
    signed, unsigned = call.dossier(promotion), call.dossier(promotion)
    who, other, client = call.reader(promotion), call.reader(promotion), signed_in(diane)
    call.signed(signed, who)
    call.assigned(unsigned, who)
    page = client.get(call.url("staff_reader_edit", promotion.code, who.code)).content.decode()
    assert "1\N{NO-BREAK SPACE}lecture non signée redevient libre" in page
    dismiss = call.url("staff_reader_dismiss", promotion.code, who.code)
    assert dismiss in page
    said = client.post(dismiss, follow=True)
    assert said.redirect_chain[-1][0] == call.url(call.desk.preview, promotion.code)
    assert "1\N{NO-BREAK SPACE}lecture à confier" in said.content.decode()
    signed.refresh_from_db()
    assert signed.reviews_signed == 1
    assert not unsigned.reviews.exists()
    assert (unsigned.pk, other.pk) in plan_of(call, promotion).pairs
    assert client.post(dismiss).status_code == 404


def test_a_reader_is_added_by_hand(call, promotion, diane):
    dossier, who, client = call.dossier(promotion), call.reader(promotion), signed_in(diane)
    assign = call.url("staff_reader_assign", promotion.code, dossier.code)
    said = client.post(assign, {"reader": "n’importe qui"}, follow=True).content.decode()
    assert "Choisissez une personne" in said
    said = client.post(assign, {"reader": str(who.code)}, follow=True)
    assert said.redirect_chain[-1][0] == call.url(
        call.desk.dossiers.staff_page.partition(":")[2], promotion.code, dossier.code
    )
    assert f"{who} lira {call.model.KIND.this}" in said.content.decode()
    assert dossier.reviews.get().reader == who


def test_the_reason_of_a_recusal_is_not_lost_when_it_is_refused(call, promotion, diane):
    """Two read: whose it is must be said, and what was typed stays."""
    dossier, client = call.dossier(promotion), signed_in(diane)
    one, two = (call.signed(dossier, call.reader(promotion)) for _ in range(2))
    door = call.recuse_door(dossier, one)
    page = client.get(door)
    assert "ne s’annule pas" in page.content.decode()
    refused = client.post(door, {"reader": "", "reason": "  "})
    assert refused.status_code == 422
    if call.app == "candidates":
        refused = client.post(door, {"reader": "x", "reason": "Ancienne collègue"})
        assert refused.status_code == 422
        assert "Ancienne collègue" in refused.content.decode()
    client.post(door, {"reader": str(one.reader.code), "reason": "Ancienne collègue"})
    one.sheet.refresh_from_db()
    two.sheet.refresh_from_db()
    assert (one.sheet.status, two.sheet.status) == (SheetStatus.RECUSED, SheetStatus.SIGNED)
    assert Recusal.objects.get().reason == "Ancienne collègue"
    dossier.refresh_from_db()
    assert dossier.reviews_signed == 1


def test_who_already_stepped_aside_is_not_recused_again(call, promotion, diane):
    dossier, client = call.dossier(promotion), signed_in(diane)
    review = call.signed(dossier, call.reader(promotion))
    door = call.recuse_door(dossier, review)
    client.post(door, {"reason": "Un lien"})
    review.sheet.refresh_from_db()
    assert review.sheet.status == SheetStatus.RECUSED
    assert client.get(door).status_code == 404
    assert client.post(door, {"reason": "Un autre"}).status_code == 404
    assert Recusal.objects.get().reason == "Un lien"


def test_many_are_given_to_one_reader_as_far_as_they_may_hold(call, promotion, diane):
    """What each row would meet is what it meets."""
    free, full = sorted((call.dossier(promotion) for _ in range(2)), key=lambda row: row.pk)
    taken, over, who = call.dossier(promotion), call.dossier(promotion), call.reader(promotion)
    call.assigned(taken, who)
    call.propose(over)
    Reader.objects.filter(person=who).update(cap=2)
    deed = prepare_bulk(
        call.desk.listing,
        promotion,
        kind=Many.ASSIGN,
        rows=[row.pk for row in (free, full, taken, over)],
        by=diane,
        at=timezone.now(),
    )
    fill_bulk(deed, given={"reader": str(who.code)}, by=diane, at=timezone.now())
    rows = forecasts(deed, list(bulk_rows(deed)), by=diane, at=timezone.now())
    told = {item.row.record_id: item.refusal for item in rows}
    assert told[free.pk] == ""
    assert "plafond" in told[full.pk]
    assert "lit déjà" in told[taken.pk]
    assert told[over.pk] == call.model.KIND.readable
    apply_bulk(deed, by=diane, at=timezone.now())
    met = dict(deed.rows.values_list("record_id", "state"))
    assert met == {pk: RowState.REFUSED if refusal else RowState.DONE for pk, refusal in told.items()}
    assert deed.rows.get(record_id=free.pk).said == f"À lire par {who}."


def test_two_deeds_at_once_never_pass_what_a_reader_may_hold(call, promotion_committed):
    promotion, diane = promotion_committed, person("Diane", "Deux")
    for _ in range(5):
        who = call.reader(promotion)
        Reader.objects.filter(person=who).update(cap=1)
        deeds = []
        for _ in range(2):
            deed = prepare_bulk(
                call.desk.listing,
                promotion,
                kind=Many.ASSIGN,
                rows=[call.dossier(promotion).pk],
                by=diane,
                at=timezone.now(),
            )
            fill_bulk(deed, given={"reader": str(who.code)}, by=diane, at=timezone.now())
            deeds.append(deed)
        assert together(*(partial(apply_bulk, deed, by=diane, at=timezone.now()) for deed in deeds)) == []
        assert sorted(deed.rows.get().state for deed in deeds) == [RowState.DONE, RowState.REFUSED]
        assert call.model.objects.filter(reader=who).count() == 1
