"""Real threads, real commits: fifty hours, twenty people who place, a thousand attempts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from projects.actions.hearing import NotPenholder, clear_hearing, save_hearing, sign_hearing
from projects.actions.jury import Clash, NotOnPlan, place_hearing, unseat_juror
from projects.models import Hearing, HearingGroup, Project
from projects.queries.hearing import open_times
from tests.factories import hearings as make
from tests.factories import projects as projects_make

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, ATTEMPTS = 20, 1000


def test_fifty_hours_a_thousand_attempts_fifty_hearings_and_no_overlap(promotion_committed):
    now, by = timezone.now(), projects_make.leader()
    Project.objects.bulk_create(
        Project(
            promotion=promotion_committed,
            title=f"Projet {rank}",
            status="eligible",
            created_at=now,
            updated_at=now,
            updated_by=by,
            submitted_at=now,
            number=f"P-{rank:04}",
            content_sha256="0" * 64,
        )
        for rank in range(60)
    )
    start = (now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    # Three hours hold three hearings and a half: two juries of one more hour make the round number.
    juries = [make.group(promotion_committed, room=f"Salle {rank}", starts=start) for rank in range(17)]
    hours = [(jury, starts) for jury in juries for starts, _ in open_times(jury)][:50]
    assert len(hours) == 50
    projects = list(Project.objects.order_by("pk"))

    def client(number):
        dice, refused = Random(number), 0
        try:
            for _ in range(ATTEMPTS // CLIENTS):
                jury, starts = dice.choice(hours)
                try:
                    place_hearing(dice.choice(projects), group=jury, starts=starts, by=None, at=now)
                except (Clash, NotOnPlan):
                    refused += 1
        finally:
            connection.close()
        return refused

    with ThreadPoolExecutor(CLIENTS) as pool:
        refused = sum(pool.map(client, range(CLIENTS)))
    # Whatever hour chance left free is taken now; not one more.
    taken = set(Hearing.objects.values_list("group_id", "during__startswith"))
    heard = set(Hearing.objects.values_list("project_id", flat=True))
    waiting = [project for project in projects if project.pk not in heard]
    for jury, starts in hours:
        if (jury.pk, starts) not in taken:
            place_hearing(waiting.pop(), group=jury, starts=starts, by=None, at=now)
    assert refused + len(heard) == ATTEMPTS
    assert Hearing.objects.count() == 50
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM projects_hearing a JOIN projects_hearing b ON a.id < b.id"
            " AND a.during && b.during AND (a.group_id = b.group_id OR a.project_id = b.project_id)"
        )
        assert cursor.fetchone() == (0,)
    assert HearingGroup.objects.count() == 17


def test_nobody_leaves_the_table_while_they_sign(promotion_committed, diane):
    referent = make.juror(promotion_committed)
    jury = make.group(promotion_committed, referent=referent)
    hearing = make.hearing(projects_make.eligible(promotion_committed), of=jury)
    by = referent.person
    clear_hearing(hearing, by=by, at=timezone.now())
    words = {"comment": "Un besoin partagé.", "verdict": "favourable"}
    save_hearing(hearing, by=by, at=timezone.now(), marks=projects_make.MARKS, **words)
    raised = []

    def sign():
        try:
            sign_hearing(hearing, by=by, at=hearing.during.upper)
        except NotPenholder as refusal:
            raised.append(refusal)
        finally:
            connection.close()

    signing = Thread(target=sign)
    with transaction.atomic():
        unseat_juror(jury.seats.get(), by=diane, at=timezone.now())
        signing.start()
        # Time enough to sign, for who does not wait.
        signing.join(timeout=1)
    signing.join()
    assert len(raised) == 1
    assert Hearing.objects.get().status == "planned"
