"""Mend what the redaction missed, or hid for nothing: words hidden or shown by the person, or by the team."""

from datetime import datetime

from django.db import transaction

from candidates.choices import Status
from candidates.documents import ANONYMOUS_FILE
from candidates.models import Application, RedactionMark
from candidates.queries.redaction import names_of
from candidates.rules.redaction import PATTERN_KINDS, names_in, squeezed
from eig.accounts.models import User
from eig.documents.printing import ask_print, forget_prints, latest_print
from eig.journal.actions import record as journal
from eig.lifecycle import lock

MOST_MARKS = 100
OPEN = {Status.DRAFT, Status.SUBMITTED}


class RedactionClosed(Exception):
    """The application is decided: what its readers saw is part of the record."""


class MayNotShow(Exception):
    """This word can only tell who wrote."""


class BadMark(Exception):
    """Nothing to hide in these words, or too many marks."""


def _locked(application: Application) -> Application:
    locked = lock(application, "promotion", "candidate")
    if locked.status not in OPEN:
        raise RedactionClosed("Cette candidature n’est plus en lecture : sa version anonyme ne change plus.")
    return locked


def _refuse_show(application: Application, text: str, *, is_staff: bool) -> None:
    if any(pattern.search(text) for pattern in PATTERN_KINDS):
        raise MayNotShow("Une adresse, un lien ou un numéro dit toujours qui vous êtes : il reste masqué.")
    names = set(names_in(*names_of(application), " ".join(names_of(application))))
    if not is_staff and (names & {squeezed(text), *squeezed(text).split()}):
        raise MayNotShow(
            "Ce mot fait partie de votre nom. Si c’est un mot courant qui gêne la lecture, "
            "demandez à l’équipe programme de le rétablir."
        )


@transaction.atomic
def mark_redaction(
    application: Application, *, kind: str, text: str, by: User, at: datetime
) -> RedactionMark:
    """Hide a word or a phrase everywhere in the dossier, or show it again. The last word said counts.

    Raises BadMark, MayNotShow, RedactionClosed.
    """
    locked = _locked(application)
    said, plain = " ".join(text.split())[:120], squeezed(text)[:150]
    if len(plain) < 2:
        raise BadMark("Indiquez un mot d’au moins deux lettres.")
    if kind == RedactionMark.Kind.SHOW:
        _refuse_show(locked, text, is_staff=by.is_staff)
    if locked.redaction_marks.exclude(folded=plain).count() >= MOST_MARKS:
        raise BadMark(f"Cette candidature a déjà {MOST_MARKS} retouches, le maximum.")
    mark, _ = RedactionMark.objects.update_or_create(
        application=locked, folded=plain, defaults={"kind": kind, "text": said, "made_at": at, "made_by": by}
    )
    # The word itself is what must not be read: the journal keeps that it was done, and by whom.
    journal("mark_redaction", locked, by=by, at=at, kind=kind)
    _forget_prints(locked)
    return mark


@transaction.atomic
def unmark_redaction(application: Application, *, folded: str, by: User, at: datetime) -> None:
    """Take a mark back: the word is judged by the rules again. Raises RedactionClosed."""
    locked = _locked(application)
    gone, _ = locked.redaction_marks.filter(folded=folded).delete()
    if gone:
        journal("unmark_redaction", locked, by=by, at=at)
        _forget_prints(locked)


def _forget_prints(application: Application) -> None:
    """What was printed says the former words: it goes; whoever wants it asks for it again."""
    for attachment in application.attachments.order_by("pk"):
        forget_prints(ANONYMOUS_FILE, subject_id=attachment.pk)


def ask_anonymous_prints(application: Application, *, at: datetime) -> None:
    """The texts of the files, as PDFs for the readers; nothing when readers see the files themselves."""
    if not application.promotion.anonymous_shortlisting:
        return
    for attachment in application.attachments.order_by("pk"):
        if latest_print(ANONYMOUS_FILE, attachment.pk) is None:
            title = f"{application} – version lue"
            ask_print(ANONYMOUS_FILE, subject_id=attachment.pk, title=title, by=None, at=at)
