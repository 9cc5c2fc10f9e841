"""Start an application, write it, hand it in, withdraw it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction

from candidates import emails
from candidates.choices import Status
from candidates.documents import RECEIPT
from candidates.models import Application, ApplicationTrade
from candidates.queries import application_of, attached_codes, files_of
from eig.accounts.models import User
from eig.documents.printing import ask_print
from eig.dossiers.actions import NotReady, Seen, hand_in, refuse_over, refuse_unready, save_answers, seal
from eig.dossiers.choices import FormKind, QuestionType
from eig.dossiers.queries import form_of
from eig.dossiers.rules import FormView, SectionView
from eig.journal.actions import record as journal
from eig.juries.actions import JUDGE, IsJudge, stand_as_candidate, stop_applying
from eig.juries.queries import judges
from eig.lifecycle import IllegalMove, lock, move
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import open_gate
from eig.promotions.models import Promotion
from eig.waves.actions import drop_awaited_decision
from eig.waves.choices import WaveSubject

TRADES = "trades"
YEARS = "experience_years"


class MayNotApply(Exception):
    """Those who judge or run a promotion do not apply to it (règlement EIG6, art. 3)."""


def apply_refusal(person: User, promotion: Promotion) -> str | None:
    """Why this person may not apply, or None."""
    if person.is_staff:
        return "Votre compte fait partie de l’équipe programme : il ne permet pas de candidater."
    return JUDGE if judges(person, promotion) else None


@transaction.atomic
def start_application(promotion: Promotion, *, by: User, at: datetime) -> Application:
    """Open the person's draft, or find the application they have. Raises PhaseNotOpen, MayNotApply."""
    if found := application_of(by, promotion):
        return found
    open_gate(promotion, PhaseKind.APPLICATIONS)
    if reason := apply_refusal(by, promotion):
        raise MayNotApply(reason)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                promotion=promotion, candidate=by, created_at=at, updated_at=at, updated_by=by
            )
    except IntegrityError:
        return Application.objects.select_related("promotion", "candidate").get(
            promotion=promotion, candidate=by
        )
    journal("start_application", application, by=by, at=at)
    return application


def save_application_section(
    application: Application,
    *,
    section: SectionView,
    answers: Mapping[str, Any],
    version: int | Seen,
    by: User,
    at: datetime,
) -> Application:
    """Keep the answers of one section. Raises StaleVersion, DossierClosed."""
    refuse_over(application, PhaseKind.APPLICATIONS)
    return save_answers(application, section=section, answers=answers, version=version, by=by, at=at)


def submit_application(application: Application, *, by: User) -> Application:
    """Hand the application over: numbered, sealed, with its trades and years as columns.

    Raises PhaseNotOpen, NotReady, MayNotApply, IllegalMove.
    """
    related, take = ("promotion", "candidate"), partial(_take, by=by)
    return hand_in(application, phase=PhaseKind.APPLICATIONS, related=related, take=take)


def _take(application: Application, now: datetime, *, by: User) -> None:
    if application.status != Status.DRAFT:
        raise IllegalMove
    if reason := apply_refusal(application.candidate, application.promotion):
        raise MayNotApply(reason)
    try:
        stand_as_candidate(application.promotion, person=application.candidate, at=now)
    except IsJudge as error:
        raise MayNotApply(str(error)) from error
    form = form_of(application.promotion, FormKind.APPLICATION)
    files = files_of(application, form)
    refuse_unready(form, application.answers, attached_codes(files))
    digests: dict[str, list[str]] = {}
    for file in files:
        digests.setdefault(file.attachment.question, []).append(file.attachment.document.sha256)
    tie_trades(application, form)
    # From here on, whoever hands in next waits for our number to be committed: what can be done before, is.
    number, digest = seal(application, kind=FormKind.APPLICATION, form=form, now=now, by=by, files=digests)
    move(
        application,
        Status.SUBMITTED,
        by=by,
        at=now,
        submitted_at=now,
        number=number,
        content_sha256=digest,
        experience_years=application.answers.get(YEARS),
    )
    emails.application_received(application, at=now)
    ask_print(RECEIPT, subject_id=application.pk, title=f"Récépissé {number}", by=by, at=now)


def tie_trades(application: Application, form: FormView) -> None:
    """The trades in their order; closed ones no longer count."""
    question = next((item.code for item in form.questions() if item.type == QuestionType.TRADES), TRADES)
    chosen = application.answers.get(question) or []
    opened = {trade.code: trade for trade in application.promotion.trades.filter(opened=True)}
    kept = [opened[code] for code in chosen if code in opened]
    if not kept:
        raise NotReady("Le métier que vous aviez choisi n’est plus ouvert. Choisissez-en un autre.")
    ApplicationTrade.objects.bulk_create(
        ApplicationTrade(application=application, trade=trade, rank=rank)
        for rank, trade in enumerate(kept, start=1)
    )


@transaction.atomic
def withdraw_application_record(application: Application, *, by: User, at: datetime) -> None:
    """Take the application out, at any stage, for good; a decision not yet published is forgotten.

    What the later steps hold (wishes, auditions, an offer) is freed by the roof. Raises IllegalMove.
    """
    locked = lock(application, "promotion", "candidate")
    if locked.status == Status.WITHDRAWN:
        application.refresh_from_db()
        return
    drop_awaited_decision(locked, subject=WaveSubject.APPLICATIONS)
    move(locked, Status.WITHDRAWN, by=by, at=at, withdrawn_at=at)
    stop_applying(locked.promotion, person=locked.candidate)
    emails.application_withdrawn(locked, at=at)
    application.refresh_from_db()
