"""The candidate's doors: order the wishes, certify them.

Each deed answers with a page, or with its fragment for htmx.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from candidates.models import Application
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design import saving
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.queries import moment
from matching.ranking import actions
from matching.ranking.forms import ReasonForm
from matching.ranking.models import Ranking
from matching.ranking.queries import projects_once_published, ranking_application, ranking_of, wishes_of
from matching.ranking.views.workspace import Workspace, workspace
from projects.models import Project

REFUSALS = (
    PhaseNotOpen,
    actions.AlreadyCertified,
    actions.NotOffered,
    actions.NotReady,
    actions.NotShortlisted,
    actions.StaleRanking,
    actions.TooManyWishes,
)
Deed = Callable[[Ranking, int], tuple[str, str]]


def _application(request: SignedInRequest, code: UUID) -> Application:
    return get_object_or_404(ranking_application(request.user), code=code)


@require_safe
def ranking_edit(request: SignedInRequest, code: UUID) -> HttpResponse:
    application = _application(request, code)
    return _page(request, workspace(application, query=request.GET))


def _page(request: SignedInRequest, shown: Workspace, *, status: int = 200) -> HttpResponse:
    context = {"w": shown, "application": shown.application, "promotion": shown.application.promotion}
    return render(request, "ranking/ranking_edit.html", context, status=status)


@require_POST
def choice_add(request: SignedInRequest, code: UUID) -> HttpResponse:
    application = _application(request, code)
    project = _project(request, application)

    def deed(ranking: Ranking, version: int) -> tuple[str, str]:
        rank = actions.add_choice(ranking, project=project, version=version, by=request.user)
        return f"Ajouté à votre liste. {_standing(ranking, project, rank=rank)}", f"monter-{project.code}"

    return _do(request, application, deed)


@require_POST
def choice_remove(request: SignedInRequest, code: UUID) -> HttpResponse:
    application = _application(request, code)
    project = _project(request, application)

    def deed(ranking: Ranking, version: int) -> tuple[str, str]:
        actions.remove_choice(ranking, project=project, version=version, by=request.user)
        return f"« {project.title} » n’est plus dans votre liste.", "titre-voeux"

    return _do(request, application, deed)


@require_POST
def choice_move(request: SignedInRequest, code: UUID) -> HttpResponse:
    application = _application(request, code)
    project = _project(request, application)
    up = request.POST.get("direction") != "down"

    def deed(ranking: Ranking, version: int) -> tuple[str, str]:
        rank = actions.move_choice(ranking, project=project, up=up, version=version, by=request.user)
        if not rank:
            return f"« {project.title} » n’est pas dans votre liste.", "titre-voeux"
        # The keyboard stays on the button just used: pressing it again goes on, or does nothing at the end.
        side = "monter" if up else "descendre"
        return _standing(ranking, project, rank=rank), f"{side}-{project.code}"

    return _do(request, application, deed)


@require_POST
def choice_place(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Put a wish at a rank: chosen by its number, dropped there, or carried there with the keyboard."""
    application = _application(request, code)
    project = _project(request, application)
    asked = request.POST.get("rank", "")
    rank_asked = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 0

    def deed(ranking: Ranking, version: int) -> tuple[str, str]:
        rank = actions.place_choice(
            ranking, project=project, rank=rank_asked, version=version, by=request.user
        )
        if not rank:
            return f"« {project.title} » n’est pas dans votre liste.", "titre-voeux"
        return _standing(ranking, project, rank=rank), f"rang-{project.code}"

    return _do(request, application, deed)


def _standing(ranking: Ranking, project: Project, *, rank: int) -> str:
    """« Défi X », 2e sur 4."""
    ordinal = "1er" if rank == 1 else f"{rank}e"
    return f"« {project.title} », {ordinal} sur {len(wishes_of(ranking))}."


@require_POST
def choice_explain(request: SignedInRequest, code: UUID, project: UUID) -> HttpResponse:
    application = _application(request, code)
    wished = get_object_or_404(projects_once_published(application), code=project)
    form = ReasonForm(request.POST)
    typed = {wished.pk: request.POST.get("reason", "")}
    if not form.is_valid():
        problems = [str(message) for message in form.errors.get("reason", [])]
        if request.POST.get("itself"):
            return saving.to_correct(request, problems)
        return _refused(request, application, " ".join(problems), typed=typed)
    reason = form.cleaned_data["reason"]

    def deed(ranking: Ranking, version: int) -> tuple[str, str]:
        actions.explain_choice(ranking, project=wished, reason=reason, version=version, by=request.user)
        return f"Ce que vous dites de « {wished.title} » est enregistré.", f"motif-{wished.code}"

    if request.POST.get("itself"):
        return _kept_reason(request, application, wished, deed)
    return _do(request, application, deed, typed=typed)


def _kept_reason(
    request: SignedInRequest, application: Application, project: Project, deed: Deed
) -> HttpResponse:
    """The answer to what saved itself: the version that the next deed must carry, or both texts."""
    try:
        ranking = actions.open_ranking(application, at=moment(application.promotion))
        deed(ranking, _version(request))
    except actions.StaleRanking as reason:
        ranking = actions.open_ranking(application, at=moment(application.promotion))
        stored = ranking.choices.filter(project=project).values_list("reason", flat=True).first()
        response = saving.changed(request, str(reason), stored=stored or "")
    except REFUSALS as reason:
        return saving.closed(request, str(reason))
    else:
        response = saving.kept(request, at=ranking.updated_at)
    return trigger_client_event(response, "ranking:version", {"version": ranking.version})


@require_POST
def other_project_accept(request: SignedInRequest, code: UUID) -> HttpResponse:
    application = _application(request, code)
    accepts = request.POST.get("accepts") == "yes"

    def deed(ranking: Ranking, version: int) -> tuple[str, str]:
        actions.accept_other_project(ranking, accepts=accepts, version=version, by=request.user)
        answer = "Vous acceptez" if accepts else "Vous n’acceptez pas"
        return f"{answer} d’être entendu·e pour un autre projet.", "autre-projet"

    return _do(request, application, deed)


@require_http_methods(["GET", "HEAD", "POST"])
def ranking_certify(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Say what certifying means and show the list; POST certifies exactly that list."""
    application = _application(request, code)
    if request.method == "POST":
        return _certified(request, application)
    shown = workspace(application, query=QueryDict())
    if not shown.may_edit or shown.missing or not shown.wished:
        return redirect("ranking:ranking_edit", code)
    return render(
        request,
        "ranking/ranking_certify.html",
        {"w": shown, "application": application, "promotion": application.promotion},
    )


def _certified(request: SignedInRequest, application: Application) -> HttpResponse:
    ranking = ranking_of(application) or actions.open_ranking(application, at=moment(application.promotion))
    with Doing(request, REFUSALS, said="Vos vœux sont certifiés.") as done:
        actions.certify_ranking(ranking, by=request.user, version=_version(request))
    return redirect("ranking:ranking_receipt" if done else "ranking:ranking_edit", application.code)


@require_POST
def ranking_reopen(request: SignedInRequest, code: UUID) -> HttpResponse:
    application = _application(request, code)
    ranking = ranking_of(application)
    if ranking is not None:
        with Doing(request, REFUSALS):
            actions.reopen_ranking(ranking, by=request.user)
            messages.warning(
                request, "Votre liste est de nouveau modifiable. Pensez à la certifier avant l’échéance."
            )
    return redirect("ranking:ranking_edit", code)


def _project(request: SignedInRequest, application: Application) -> Project:
    """The project that a deed names; a code that is not one is a 404."""
    try:
        code = UUID(request.POST.get("project", ""))
    except ValueError:
        code = UUID(int=0)
    return get_object_or_404(projects_once_published(application), code=code)


def _version(request: SignedInRequest) -> int:
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0


def _do(
    request: SignedInRequest, application: Application, deed: Deed, *, typed: dict[int, str] | None = None
) -> HttpResponse:
    """Run a deed on the list; say what was done, where the keyboard goes next, or why it was refused."""
    try:
        ranking = actions.open_ranking(application, at=moment(application.promotion))
        said, focus = deed(ranking, _version(request))
    except REFUSALS as reason:
        return _refused(request, application, str(reason), typed=typed)
    if request.htmx:
        return _fragment(request, application, said=said, focus=focus)
    messages.success(request, said)
    return redirect(f"{_address(application, request)}#{focus}")


def _refused(
    request: SignedInRequest, application: Application, sentence: str, *, typed: dict[int, str] | None
) -> HttpResponse:
    if request.htmx:
        return _fragment(
            request, application, said=sentence, focus="refus-voeux", refusal=sentence, typed=typed
        )
    messages.error(request, sentence)
    if typed:
        return _page(request, workspace(application, query=_query(request), typed=typed), status=409)
    return redirect(_address(application, request))


def _fragment(
    request: SignedInRequest,
    application: Application,
    *,
    said: str,
    focus: str,
    refusal: str = "",
    typed: dict[int, str] | None = None,
) -> HttpResponse:
    shown = workspace(application, query=_query(request), typed=typed)
    context = {"w": shown, "application": application, "promotion": application.promotion, "refusal": refusal}
    response = render(request, "ranking/ranking_edit.html#workspace", context, status=409 if refusal else 200)
    return trigger_client_event(response, "ranking:said", {"text": said, "focus": focus}, after="settle")


def _query(request: SignedInRequest) -> QueryDict:
    """The filters of the page the deed came from."""
    return QueryDict(request.POST.get("filters", "")[:500])


def _address(application: Application, request: SignedInRequest) -> str:
    query = _query(request).urlencode()
    address = reverse("ranking:ranking_edit", args=[application.code])
    return f"{address}?{query}" if query else address
