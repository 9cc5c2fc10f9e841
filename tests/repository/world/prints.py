"""The PDFs of the world, as the workshop leaves them."""

from django.utils import timezone

from candidates.documents import RECEIPT as APPLICATION_RECEIPT
from cohorts.documents import CERTIFICATE
from eig.documents.choices import PrintStatus
from eig.documents.files import keep_bytes
from eig.documents.models import Print
from matching.interviews.documents import BOOKLET, MINUTES
from matching.ranking.documents import RECEIPT as RANKING_RECEIPT
from projects.documents import RECEIPT as PROJECT_RECEIPT
from projects.documents.call import CALL_BROCHURE
from projects.queries.page import BROCHURE, SHEET
from tests.factories.candidates import pdf
from tests.repository.world.building import World


def add_prints(world: World) -> None:
    of = world.of
    for kind, subject in (
        (BROCHURE, world.here),
        (CALL_BROCHURE, world.here),
        (SHEET, of.published_project.public_page),
        (PROJECT_RECEIPT, of.submitted_project),
        (APPLICATION_RECEIPT, of.submitted_application),
        (CERTIFICATE, of.former_member),
        (RANKING_RECEIPT, of.certified_ranking),
        (BOOKLET, of.juror),
        (MINUTES, of.minutes),
    ):
        printed(kind, subject.pk)


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
