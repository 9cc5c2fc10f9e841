"""A later closing of the call: what it moves and who is written to, before and after."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from eig.mail.models import Message
from eig.promotions.models import Phase
from journey.actions.calendar import extend_phase
from tests.factories import projects as make
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def test_the_writers_of_drafts_are_told_and_nobody_else(promotion, diane):
    draft = make.draft(promotion)
    make.submitted(promotion)
    phase = Phase.objects.get(promotion=promotion, kind="projects")
    later = phase.closes_at + timedelta(days=3)
    url = reverse("journey:staff_phase_extend", args=[promotion.code, "projects"])
    client = signed_in(diane)
    data = {"closes_at": localtime(later).strftime("%Y-%m-%dT%H:%M"), "reason": "Des ponts au calendrier."}
    preview = client.post(url, data).content.decode()
    assert draft.started_by.email in preview
    assert "passe au" in preview
    assert not Message.objects.filter(kind="projects/call_extended").exists()
    extend_phase(phase, closes_at=later, reason="Des ponts au calendrier.", by=diane, at=timezone.now())
    letter = Message.objects.get(kind="projects/call_extended")
    assert letter.to_person == draft.started_by
    assert "Des ponts au calendrier." in letter.body
