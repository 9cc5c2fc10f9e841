"""The talent pool: a consent with an end, taken back at any time, purged at its day; a call told once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from candidates.actions import CallNotOpen, ConsentMissing, expire_pool, join_pool, leave_pool, tell_pool
from candidates.models import PoolMember
from candidates.queries.pool import POOL, pool_of
from eig.journal.models import Entry
from eig.listing.asking import asked_of, data_of
from eig.listing.description import Look
from eig.mail.models import Message
from journey.actions.founding import create_promotion
from tests.factories import candidates as make
from tests.people import phase, signed_in


def today():
    return localtime().date()


def joined(application, days=100, at=None):
    return join_pool(
        application,
        until=today() + timedelta(days=days),
        consents=True,
        by=application.candidate,
        at=at or timezone.now(),
    )


def test_nobody_enters_without_a_tick_nor_for_ever(promotion, diane):
    application = make.submitted(promotion)
    mine = {"by": application.candidate, "at": timezone.now()}
    with pytest.raises(ConsentMissing):
        join_pool(application, until=today() + timedelta(days=9), consents=False, **mine)
    with pytest.raises(ConsentMissing):
        join_pool(application, until=today() + timedelta(days=731), consents=True, **mine)
    with pytest.raises(ConsentMissing):
        join_pool(application, until=today(), consents=True, **mine)
    with pytest.raises(ConsentMissing):
        join_pool(application, until=today() + timedelta(days=9), consents=True, by=diane, at=timezone.now())
    assert not PoolMember.objects.exists()


def test_it_keeps_the_trades_and_nothing_else_of_the_dossier(promotion):
    member = joined(make.submitted(promotion, trades=["design"], experience_years=7))
    assert member.trades == [promotion.trades.get(code="design").label]
    assert member.experience_years == 7
    assert [field.name for field in PoolMember._meta.concrete_fields] == [
        "id",
        "code",
        "programme",
        "person",
        "application",
        "trades",
        "expertise",
        "experience_years",
        "joined_at",
        "expires_on",
    ]


def test_leaving_leaves_nothing_but_the_fact(promotion):
    application = make.submitted(promotion)
    member = joined(application)
    leave_pool(member, by=application.candidate, at=timezone.now())
    leave_pool(member, by=application.candidate, at=timezone.now())
    assert not PoolMember.objects.exists()
    entry = Entry.objects.get(verb="leave_pool")
    assert application.candidate.last_name not in entry.record_label


def test_the_last_day_is_the_last(promotion):
    member = joined(make.submitted(promotion), days=10)
    last = timezone.now() + timedelta(days=10)
    assert expire_pool(at=last) == 0
    assert list(pool_of(promotion.programme, on=localtime(last).date())) == [member]
    assert not pool_of(promotion.programme, on=localtime(last).date() + timedelta(days=1))
    assert expire_pool(at=last + timedelta(days=1)) == 1
    assert not PoolMember.objects.exists()


def test_a_call_is_told_once_to_each_and_not_to_who_has_applied(promotion, diane):
    application = make.submitted(promotion)
    joined(application)
    now = timezone.now()
    assert tell_pool(promotion, by=diane, at=now) == 0
    following = create_promotion("eig6", by=None, at=now, code="eig-7", name="EIG 7", number=7)
    phase(following, "applications", opens=now - timedelta(days=1), closes=now + timedelta(days=9))
    for _ in range(2):
        tell_pool(following, by=diane, at=now)
    letter = Message.objects.get(kind="candidates/pool_called")
    assert letter.to_person == application.candidate
    assert "EIG 7" in letter.subject
    with pytest.raises(CallNotOpen):
        tell_pool(following, by=diane, at=now + timedelta(days=10))


def test_the_person_joins_changes_and_leaves_on_one_page(promotion):
    application = make.submitted(promotion)
    client = signed_in(application.candidate)
    address = reverse("candidates:pool_edit", args=[promotion.programme.code])
    until = today() + timedelta(days=30)
    assert client.post(address, {"until": until.isoformat()}).status_code == 422
    client.post(address, {"until": until.isoformat(), "consents": "on"})
    assert PoolMember.objects.get().expires_on == until
    later = until + timedelta(days=30)
    client.post(address, {"until": later.isoformat(), "consents": "on"})
    assert PoolMember.objects.get().expires_on == later
    assert "Vous êtes dans le vivier" in client.get(address).content.decode()
    client.post(reverse("candidates:pool_leave", args=[promotion.programme.code]))
    assert not PoolMember.objects.exists()


def test_staff_filter_the_pool(promotion, diane):
    design = joined(make.submitted(promotion, make.candidate("Zoé", "Œillet"), trades=["design"]))
    other = joined(make.submitted(promotion, experience_years=12))

    def found(**given):
        look = Look(promotion, diane, timezone.now())
        return list(asked_of(POOL, look, data=data_of({name: [value] for name, value in given.items()})).rows)

    assert found(trade=design.trades[0]) == [design]
    assert found(q="oeillet") == [design]
    assert found(years_from="10") == [other]
    page = signed_in(diane).get(reverse("candidates:staff_pool_list", args=[promotion.code]))
    assert design.person.email in page.content.decode()
