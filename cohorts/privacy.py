"""Step 6: missions, bulletins, the directory."""

from django.db.models import F, QuerySet

from cohorts.models import Bulletin, Companion, Digest, DirectoryEntry, Member
from eig.personal import CONSENT, CONTRACT, ERASED, PERSON, Clock, Purpose, Record, Register, delete


def old_bulletins() -> QuerySet[Bulletin]:
    return Bulletin.objects.exclude(priority=ERASED).annotate(clock_started_at=F("filed_at"))


def forget_bulletins(rows: QuerySet[Bulletin]) -> int:
    return rows.update(priority=ERASED, worked="", hard="", help="")


def ended_consents() -> QuerySet[DirectoryEntry]:
    return DirectoryEntry.objects.annotate(clock_started_at=F("expires_at"))


PURPOSES = (
    Purpose(
        code="mission",
        title="Votre mission",
        why="Suivre votre contrat, vos dates et votre équipe ; attester de votre mission.",
        basis=CONTRACT,
        seen_by="vous, l’équipe du programme, votre équipe et les personnes qui l’accompagnent",
        kept="tant que votre compte existe, pour refaire votre attestation",
        erasure="La mission reste dans les comptes de la promotion, sans votre nom.",
    ),
    Purpose(
        code="bulletins",
        title="Les bulletins de votre équipe",
        why="Aider les équipes chaque semaine.",
        seen_by="la promotion, les personnes qui l’accompagnent, l’équipe du programme",
        kept="{months} mois",
        erasure="Le texte d’équipe reste ; votre nom n’y est plus attaché.",
        clock="bulletins",
    ),
    Purpose(
        code="directory",
        title="L’annuaire des anciens et anciennes",
        why="Être retrouvé·e, si vous l’avez voulu.",
        basis=CONSENT,
        seen_by="tout le monde",
        kept="jusqu’à la fin de votre accord, deux ans, renouvelable",
        erasure="Votre fiche disparaît aussitôt.",
        clock="directory",
    ),
)

RECORDS = (
    Record(Member, PERSON, "person", "mission", kept="person", plain="trade",
           shown="promotion trade status net_pay starts_on ends_on ended_on", searched=False),
    Record(Companion, PERSON, "person", "mission", kept="person", shown="role since"),
    Record(Bulletin, PERSON, "filed_by", "bulletins", kept="filed_by priority worked hard help",
           shown="week mood priority worked hard help filed_at"),
    Record(Digest),
    Record(DirectoryEntry, PERSON, "person", "directory", kept="person name headline",
           plain="trade project_title", gone=True,
           shown="promotion name trade project_title headline consented_at expires_at"),
)  # fmt: skip

CLOCKS = (
    Clock("bulletins", "Bulletins", "l’envoi", 36, old_bulletins, forget=forget_bulletins),
    Clock("directory", "Annuaire", "la fin de l’accord", 0, ended_consents, forget=delete),
)  # fmt: skip

REGISTER = Register(PURPOSES, RECORDS, CLOCKS, prints={"cohorts.certificate": "cohorts.member"})
