"""Visas: the list of those who write the project, and the page of who gives one, opened by a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import TOO_MANY_LETTERS, SignedInRequest, may_write_to, personal_link
from eig.deeds import Doing
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.lifecycle import IllegalMove
from eig.mail.tasks import wake_after_commit
from eig.promotions.queries import moment
from projects.actions import SectionChanged, VisaNotPossible, ask_change, ask_visa, give_visa, revoke_visa
from projects.choices import Status, VisaStatus
from projects.forms.visa import VisaChangeForm, VisaForm
from projects.models import Project, Visa
from projects.queries.visa import live_visas, rules_of, visa_behind
from projects.rules.visa import VisaState, section_digest
from projects.views.member import own_project
from projects.views.visa_state import visa_lines


def _page(
    request: SignedInRequest, project: Project, *, posted: VisaForm | None = None, kind: str = ""
) -> HttpResponse:
    lines = visa_lines(project)
    rows = [
        {
            "item": item,
            "visa": item.visa,
            "label": line.label,
            "kind": line.kind,
            "is_given": item.state == VisaState.GIVEN,
            "is_stale": item.state == VisaState.STALE,
            "is_live": item.visa is not None,
            "again": item.visa is not None,
            "form": posted
            if posted is not None and item.rule.code == kind
            else VisaForm(
                prefix=item.rule.code, initial={"name": item.name, "email": item.email}, auto_id="id_%s"
            ),
        }
        for line in lines
        for item in [line.item]
    ]
    context = {
        "project": project,
        "promotion": project.promotion,
        "rows": rows,
        "given": sum(line.item.state == VisaState.GIVEN for line in lines),
        "is_draft": project.status == Status.DRAFT,
        "posted": posted,
    }
    return render(request, "projects/visa_list.html", context, status=422 if posted else 200)


@require_safe
def visa_list(request: SignedInRequest, code: str) -> HttpResponse:
    return _page(request, own_project(request, code))


@require_POST
def visa_ask(request: SignedInRequest, code: str) -> HttpResponse:
    project = own_project(request, code)
    kinds = {rule.code for rule in rules_of(project)}
    kind = request.POST.get("kind", "")
    if kind not in kinds:
        messages.error(request, "Ce visa n’est pas demandé pour cet appel.")
        return redirect("projects:visa_list", code)
    form = VisaForm(request.POST, prefix=kind)
    if form.is_valid() and not may_write_to(form.cleaned_data["email"], request):
        form.add_error("email", TOO_MANY_LETTERS)
    if not form.is_valid():
        return _page(request, project, posted=form, kind=kind)
    with Doing(request, (VisaNotPossible, IllegalMove)) as done:
        visa = ask_visa(
            project, kind=kind, by=request.user, at=moment(project.promotion), **form.cleaned_data
        )
        done.said = f"Le lien part à {visa.email}. Il vaut quatorze jours."
    return redirect("projects:visa_list", code)


@require_POST
def visa_revoke(request: SignedInRequest, code: str, visa: str) -> HttpResponse:
    project = own_project(request, code)
    row = get_object_or_404(live_visas(project), code=visa)
    row.project = project
    with Doing(request, (VisaNotPossible, IllegalMove)) as done:
        revoke_visa(row, by=request.user, at=moment(project.promotion))
        done.said = "La demande est annulée : le lien n’ouvre plus rien."
    return redirect("projects:visa_list", code)


@personal_link
@require_http_methods(["GET", "HEAD", "POST"])
def visa_answer(request: HttpRequest, token: str) -> HttpResponse:
    """One section, two answers. Looking spends nothing: mail scanners open links too."""
    visa = visa_behind(token, at=timezone.now())
    if visa is not None:
        # A rehearsal has its own clock.
        visa = visa_behind(token, at=moment(visa.project.promotion))
    if visa is None:
        return render(request, "projects/visa_unknown.html", status=404)
    form = VisaChangeForm(request.POST if request.POST.get("answer") == "change" else None)
    if request.method == "POST" and (done := _answer(request, visa, form)):
        return done
    return _answer_page(request, visa, token, form)


def _answer(request: HttpRequest, visa: Visa, form: VisaChangeForm) -> HttpResponse | None:
    try:
        if request.POST.get("answer") == "give":
            give_visa(visa, digest=request.POST.get("digest", ""))
        elif form.is_valid():
            ask_change(visa, comment=form.cleaned_data["comment"])
        else:
            return None
    except (VisaNotPossible, SectionChanged, IllegalMove) as reason:
        messages.error(request, str(reason))
    else:
        wake_after_commit()
        messages.success(request, "Merci, votre réponse est transmise.")
    return redirect(request.path)


def _answer_page(request: HttpRequest, visa: Visa, token: str, form: VisaChangeForm) -> HttpResponse:
    project = visa.project
    asked = form_of(project.promotion, FormKind.PROJECT)
    section = asked.section(visa.section)
    rule = next((rule for rule in rules_of(project) if rule.code == visa.kind), None)
    waits = visa.status == VisaStatus.ASKED and project.status == Status.DRAFT
    shown = [item for item in answers_shown(asked, project.answers) if item.code == visa.section]
    operator = project.answers.get("operator") or {}
    context = {
        "visa": visa,
        "project": project,
        "promotion": project.promotion,
        "token": token,
        "rule": rule,
        "section": section,
        "sections": shown if waits else [],
        "digest": section_digest(section, project.answers) if section else "",
        "administration": operator.get("name") or "",
        "form": form,
        "waits": waits,
        "is_given": visa.status == VisaStatus.GIVEN,
        "is_change": visa.status == VisaStatus.CHANGE_ASKED,
    }
    return render(request, "projects/visa_answer.html", context, status=422 if form.errors else 200)
