"""One answer saved by itself, as it is typed; without JavaScript the page of its section does the same."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from eig.dossiers.actions import AnswerRefused, DossierClosed, Seen, StaleVersion
from eig.dossiers.forms import SectionForm
from eig.dossiers.models import Written, promotion_of
from eig.dossiers.pages import Attempt, attempt_section, form_context, seen_of
from eig.dossiers.queries import form_of, last_changes, read_changes, read_question
from eig.dossiers.rules import SectionView
from eig.french import dates
from eig.promotions.models import Promotion

LOCKED = 423


class SectionSaver(Protocol):
    def __call__(self, *, section: SectionView, answers: Mapping[str, Any], version: Seen) -> object: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """A dossier whose answers are saved one by one: where its pages are, how the step saves."""

    dossier: Written
    kind: str
    # The page where a question is shown, by the code of its section.
    page: Callable[[str], str]
    # The address of this door, less the code of the question.
    answers_url: str
    save: SectionSaver
    # The only questions that are open, if not all.
    only: Collection[str] | None = None

    @property
    def promotion(self) -> Promotion:
        return promotion_of(self.dossier)


def version_seen(request: HttpRequest, question: str) -> int:
    """The version that the page which saves knew of this question; for `with_answer`."""
    return seen_of(request.POST).of(question)


def answer(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Save one answer; or show it as it is stored, or with one row more or less."""
    if desk.only is not None and code not in desk.only:
        raise Http404
    if request.method != "POST":
        return _question(request, desk, code)
    if "add_row" in request.POST or "remove_row" in request.POST:
        return _reshaped(request, desk, code)
    found = read_question(getattr(desk.dossier, "asked", None))
    if found is None or not found[0].written:
        raise Http404
    section, trades = found
    bound = SectionForm(section, desk.dossier.answers, request.POST, trades=trades, promotion=desk.promotion)
    seen = seen_of(request.POST)
    seen.since = {code: read_changes(getattr(desk.dossier, "changed", ()))}
    try:
        desk.save(section=section, answers=bound.answers(), version=seen)
    except StaleVersion as stale:
        return _said(request, desk, code, conflict=stale.conflicts[0], version=stale.version, status=409)
    except DossierClosed as reason:
        return _said(request, desk, code, closed=str(reason), status=LOCKED)
    except AnswerRefused as reason:
        return _said(request, desk, code, problems=[("", str(reason))], status=422)
    if not bound.is_valid():
        return _said(request, desk, code, problems=_problems(bound), status=422)
    return _kept(request, desk, code, bound)


def _kept(request: HttpRequest, desk: Desk, code: str, bound: SectionForm) -> HttpResponse:
    bound.stored = desk.dossier.answers
    note = bound.groups[0].note
    if desk.dossier.answers.get(code) != bound.answers().get(code):
        # Nothing was typed here, somebody else wrote: their text stays, and this page says so.
        last = last_changes(desk.dossier, [code]).get(code)
        return _said(request, desk, code, theirs=last, note=note)
    return _said(request, desk, code, note=note, kept=desk.dossier.version)


def _problems(bound: SectionForm) -> list[tuple[str, str]]:
    legends = {
        item.bound.name: row.legend for group in bound.groups for row in group.rows for item in row.fields
    }
    return [
        (" – ".join(part for part in (legends.get(name, ""), str(bound[name].label)) if part), str(message))
        for name, messages in bound.errors.items()
        for message in messages
    ]


def _said(request: HttpRequest, desk: Desk, code: str, *, status: int = 200, **context: Any) -> HttpResponse:
    context |= {
        "code": code,
        "answers_url": desk.answers_url,
        "hour": dates.hour(timezone.now()),
        "page": request.headers.get("HX-Current-URL", ""),
    }
    return render(request, "dossiers/answer_saved.html", context, status=status)


def _section_of(desk: Desk, code: str) -> SectionView:
    form = form_of(desk.promotion, desk.kind)
    section = next((item for item in form.sections if any(one.code == code for one in item.written)), None)
    if section is None:
        raise Http404
    return section


def _question(request: HttpRequest, desk: Desk, code: str, *, attempt: Attempt | None = None) -> HttpResponse:
    section = _section_of(desk, code)
    if not request.headers.get("HX-Request"):
        return redirect(f"{desk.page(section.code)}#question-{code}")
    form = form_of(desk.promotion, desk.kind)
    context = form_context(form, section, dossier=desk.dossier, attempt=None)
    shown = attempt.bound if attempt else context["form"]
    group = next(item for item in shown.groups if item.question.code == code)
    values = {"group": group, "answers_url": desk.answers_url, "hour": dates.hour(timezone.now())}
    return render(request, "dossiers/question_alone.html", values)


def _reshaped(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """One row more, or less: what is good is saved, the question comes back with its rows."""
    form = form_of(desk.promotion, desk.kind)
    section = _section_of(desk, code)
    alone = SectionView(
        section.code, section.title, "", tuple(item for item in section.questions if item.code == code)
    )

    def save(*, answers: Mapping[str, Any], version: Seen) -> object:
        return desk.save(section=alone, answers=answers, version=version)

    try:
        attempt = attempt_section(request.POST, section=alone, form=form, dossier=desk.dossier, save=save)
    except DossierClosed as reason:
        return _said(request, desk, code, closed=str(reason), status=LOCKED)
    if attempt.conflicts:
        return _said(request, desk, code, conflict=attempt.conflicts[0], version=attempt.version, status=409)
    return _question(request, desk, code, attempt=attempt)
