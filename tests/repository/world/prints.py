"""The PDFs of the world, as the workshop leaves them."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from candidates.documents import ANONYMOUS_FILE, INELIGIBILITY_LETTER
from candidates.documents import RECEIPT as APPLICATION_RECEIPT
from cohorts.documents import CERTIFICATE
from eig.documents.choices import PrintStatus
from eig.documents.files import keep_bytes
from eig.documents.models import Print
from matching.interviews.documents import BOOKLET, MINUTES, TIMETABLE
from matching.ranking.documents import RECEIPT as RANKING_RECEIPT
from privacy.choices import CopyStatus
from privacy.models import DataCopy
from projects.documents import RECEIPT as PROJECT_RECEIPT
from projects.documents.call import CALL_BROCHURE
from projects.documents.hearing import PLAN
from projects.documents.letter import LETTER
from projects.queries.page import BROCHURE, SHEET
from tests.factories.candidates import pdf
from tests.repository.world.building import World


def subjects(world: World) -> dict[str, Model]:
    """What each kind of print is about: a new kind is printed by the tests once it stands here."""
    of = world.of
    rows = (
        (BROCHURE, world.here),
        (CALL_BROCHURE, world.here),
        (SHEET, of.published_project.public_page),
        (PROJECT_RECEIPT, of.submitted_project),
        (LETTER, of.refused_project),
        (PLAN, world.here),
        (APPLICATION_RECEIPT, of.submitted_application),
        (INELIGIBILITY_LETTER, of.ineligible_application),
        (ANONYMOUS_FILE, of.submitted_application.attachments.get()),
        (CERTIFICATE, of.former_member),
        (RANKING_RECEIPT, of.certified_ranking),
        (BOOKLET, of.juror),
        (MINUTES, of.minutes),
        (TIMETABLE, world.here),
    )
    return dict(rows)


def add_prints(world: World) -> None:
    for kind, subject in subjects(world).items():
        printed(kind, subject.pk)


def add_data_copy(world: World) -> None:
    """Alice asked for a copy of her data."""
    now = timezone.now()
    document = keep_bytes(
        b"PK", name="mes-donnees.zip", media_type="application/zip", owner=world.alice, at=now
    )
    world.of.data_copy = DataCopy.objects.create(
        person=world.alice,
        status=CopyStatus.READY,
        document=document,
        asked_at=now,
        ready_at=now,
        expires_at=now + timedelta(days=7),
    )


def printed(kind: str, subject_id: int) -> None:
    now = timezone.now()
    document = keep_bytes(pdf(), name="imprimé.pdf", media_type="application/pdf", owner=None, at=now)
    Print.objects.filter(kind=kind, subject_id=subject_id).delete()
    Print.objects.create(
        kind=kind,
        subject_id=subject_id,
        title="Imprimé",
        status=PrintStatus.READY,
        progress=100,
        document=document,
        asked_at=now,
        ready_at=now,
    )
