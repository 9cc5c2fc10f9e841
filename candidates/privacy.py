"""Step 2: what is kept of a person who applies, of their readings, of the talent pool."""

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from candidates.choices import Status
from candidates.models import (
    Application,
    Attachment,
    Calibration,
    Correction,
    CorrectionFile,
    Decision,
    DuplicateRuling,
    PoolMember,
    RedactionMark,
    Review,
)
from eig.accounts.privacy import NOWHERE
from eig.documents.models import Document, Extract
from eig.documents.privacy import FILE
from eig.dossiers.choices import FormKind
from eig.evaluation.models import Mark, Sheet
from eig.listing.models import BulkRow
from eig.personal import (
    APPLICATION,
    BEFORE_CONTRACT,
    CONSENT,
    EMPTY,
    ERASED,
    PERSON,
    Clock,
    Purpose,
    Record,
    Register,
    delete,
)
from eig.promotions.choices import PhaseKind
from eig.promotions.queries import closing_of
from eig.waves.choices import WaveStatus


def _read_and_told(sheet: str, application: str) -> Q:
    """Signed readings of a decision that its person knows: before its wave, it is nobody's yet."""
    told = [Status.SHORTLISTED, Status.RESERVED, Status.DECLINED]
    return Q(
        **{
            f"{sheet}status": "signed",
            f"{application}__status__in": told,
            f"{application}__decided_at__isnull": False,
        }
    )


def _living() -> QuerySet[Application]:
    return Application.objects.exclude(candidate__email__endswith=f"@{NOWHERE}")


def abandoned_drafts() -> QuerySet[Application]:
    return _living().filter(status=Status.DRAFT).annotate(clock_started_at=closing_of(PhaseKind.APPLICATIONS))


def refused_applications() -> QuerySet[Application]:
    out = [Status.DECLINED, Status.INELIGIBLE, Status.WITHDRAWN]
    return (
        _living()
        .filter(status__in=out)
        .annotate(clock_started_at=Coalesce(F("withdrawn_at"), F("decided_at"), F("updated_at")))
    )


def finished_applications() -> QuerySet[Application]:
    """Deposited and not refused, hired or not: from the end of the missions."""
    kept = [Status.SUBMITTED, Status.SHORTLISTED, Status.RESERVED]
    return _living().filter(status__in=kept).annotate(clock_started_at=closing_of(PhaseKind.MISSION))


def pool_ended() -> QuerySet[PoolMember]:
    return PoolMember.objects.annotate(clock_started_at=Cast("expires_on", DateTimeField()))


PURPOSES = (
    Purpose(
        code="application",
        title="Vos candidatures",
        why="Examiner votre candidature, vous répondre, vous proposer une mission.",
        basis=BEFORE_CONTRACT,
        seen_by=(
            "vous, l’équipe du programme ; les personnes qui lisent votre dossier, sans votre nom ; les "
            "jurys qui vous entendent"
        ),
        kept=(
            "brouillon : trois mois après la clôture de l’appel ; non retenue ou retirée : deux ans après la "
            "décision ; déposée : un an après la fin des missions"
        ),
        erasure=(
            "Vos réponses, vos fichiers et leurs versions disparaissent. Le métier, les années d’expérience, "
            "l’état et la note restent, sans lien avec vous, pour que les comptes et les résultats ne "
            "changent pas."
        ),
    ),
    Purpose(
        code="preselection",
        title="Ce qui a été écrit de votre candidature",
        why="Comparer les candidatures selon les mêmes critères, et vous expliquer la décision.",
        seen_by="vous, l’équipe du programme, les personnes qui évaluent",
        kept="aussi longtemps que la candidature",
        erasure="Les appréciations et les motifs disparaissent ; les notes restent, sans lien avec vous.",
    ),
    Purpose(
        code="pool",
        title="Le vivier",
        why="Vous prévenir des prochains appels, si vous l’avez demandé.",
        basis=CONSENT,
        seen_by="vous, l’équipe du programme",
        kept="jusqu’à la date que vous avez acceptée, deux ans au plus",
        erasure="Vous en sortez aussitôt.",
        clock="pool",
    ),
)

RECORDS = (
    Record(PoolMember, PERSON, "person", "pool", kept="person trades expertise", gone=True,
           shown="programme trades expertise experience_years joined_at expires_on"),
    Record(RedactionMark, APPLICATION, "application", "application", kept="text folded made_by", gone=True,
           shown="kind text made_at"),
    Record(CorrectionFile, APPLICATION, "correction__application", plain="question", gone=True),
    Record(Document, APPLICATION, "correction_file__correction__application", kept=FILE, gone=True),
    Record(Correction, APPLICATION, "application", "application",
           erased={"answers": EMPTY, "before": EMPTY, "reason": ERASED, "message": EMPTY},
           kept="updated_by asked_by ended_by", plain="questions number content_sha256",
           shown="status reason asked_at due_at message answers"),
    Record(Attachment, APPLICATION, "application", plain="question", gone=True),
    Record(Extract, APPLICATION, "document__attachment__application", gone=True),
    Record(Document, APPLICATION, "attachment__application", kept=FILE, gone=True),
    Record(Application, APPLICATION, "pk", "application", erased={"answers": EMPTY, "ineligibility": ERASED},
           kept="candidate updated_by", plain="number content_sha256",
           shown="promotion number status answers experience_years created_at updated_at submitted_at "
                 "content_sha256 withdrawn_at", searched=False),
    Record(Decision, APPLICATION, "application", "preselection",
           readable=Q(wave__status=WaveStatus.PUBLISHED), erased={"reason": ERASED}, kept="proposed_by",
           shown="outcome reason published_at"),
    Record(Sheet, APPLICATION, "candidates_review__application", "preselection",
           readable=_read_and_told("", "candidates_review__application"), erased={"comment": EMPTY},
           shown="verdict comment total signed_at", title="Lecture de votre candidature"),
    Record(Mark, APPLICATION, "sheet__candidates_review__application", "preselection",
           readable=_read_and_told("sheet__", "sheet__candidates_review__application"),
           erased={"appreciation": EMPTY}, shown="criterion value appreciation", title="Note d’une lecture"),
    Record(DuplicateRuling, APPLICATION, "first", erased={"reason": ERASED}, kept="ruled_by"),
    Record(DuplicateRuling, APPLICATION, "second", erased={"reason": ERASED}),
    Record(BulkRow, APPLICATION, generic=("record_type", "record_id"), erased={"said": EMPTY},
           plain="record_type"),
    Record(Calibration, kept="opened_by"),
    Record(Review, PERSON, "reader", kept="reader"),
)  # fmt: skip

CLOCKS = (
    Clock("draft_applications", "Candidature restée en brouillon", "la clôture de l’appel", 3,
          abandoned_drafts, subject=APPLICATION, promotion="promotion", person="candidate"),
    Clock("refused_applications", "Candidature non retenue ou retirée", "la décision", 24,
          refused_applications, subject=APPLICATION, promotion="promotion", person="candidate"),
    # Read by who has just deposited too: its name tells no result.
    Clock("finished_applications", "Candidature déposée", "la fin des missions", 12,
          finished_applications, subject=APPLICATION, promotion="promotion", person="candidate"),
    Clock("pool", "Vivier", "la fin du consentement", 0, pool_ended, forget=delete),
)  # fmt: skip

REGISTER = Register(
    PURPOSES,
    RECORDS,
    CLOCKS,
    prints={
        "candidates.receipt": APPLICATION,
        "candidates.ineligibility": APPLICATION,
        "candidates.anonymous_file": "candidates.attachment",
    },
)
FORM = FormKind.APPLICATION
