"""A door that shows somebody's dossier says so: who looked, at what, which day."""

from django.utils import timezone

from eig.accounts.doors import SignedInRequest
from eig.journal.actions import Concerning, note_consultations
from eig.journal.choices import Reader, Shown


def shows(
    request: SignedInRequest, *dossiers: Concerning, what: Shown = Shown.DOSSIER, reader: Reader = Reader.TEAM
) -> None:
    """Said before the answer: what cannot be noted is not shown."""
    note_consultations(dossiers, by=request.user, at=timezone.now(), what=what, reader=reader)


def as_whom(request: SignedInRequest) -> Reader:
    """Where the team and juries come by the same door."""
    return Reader.TEAM if request.user.is_staff else Reader.JUROR
