"""Personal links: a code, signed. No account is needed, nothing is stored, and each mail can carry it.

A link opens one registration or one booking and nothing else: each kind is signed with a salt of its own.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer


def _signer(kind: str) -> Signer:
    return Signer(sep=".", salt=f"eig.meetings.{kind}")


def _code(token: str, kind: str) -> UUID | None:
    try:
        return UUID(_signer(kind).unsign(token))
    except (BadSignature, ValueError):
        return None


def registration_token(code: UUID) -> str:
    return _signer("registration").sign(code.hex)


def registration_code(token: str) -> UUID | None:
    return _code(token, "registration")


def booking_token(code: UUID) -> str:
    return _signer("booking").sign(code.hex)


def booking_code(token: str) -> UUID | None:
    return _code(token, "booking")


def project_ticket(code: UUID) -> str:
    """What a dossier hands to the booking page, so that the slot is asked for this project."""
    return _signer("project").sign(code.hex)


def project_of_ticket(ticket: str) -> UUID | None:
    return _code(ticket, "project")
