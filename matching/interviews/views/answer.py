"""A juror's answer, by a personal link: no account, one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from eig.accounts.doors import personal_link
from eig.accounts.queries import token_hash
from eig.deeds import Doing
from eig.design.answers import posted
from eig.juries.actions import IsCandidate
from eig.promotions.queries import moment
from matching.interviews.actions.answer import LinkExpired, NoHalfDay, answer_invitation
from matching.interviews.choices import InvitationStatus
from matching.interviews.forms.answer import AnswerForm
from matching.interviews.models import JuryInvitation


@require_http_methods(["GET", "HEAD", "POST"])
@personal_link
def jury_answer(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner's visit answers nothing; only the post does."""
    invitation = (
        JuryInvitation.objects.select_related("juror__person", "juror__promotion")
        .filter(token_hash=token_hash(token))
        .first()
    )
    if invitation is None:
        return render(request, "interviews/jury_answer_spent.html", status=404)
    at = moment(invitation.juror.promotion)
    if invitation.expires_at <= at:
        return render(request, "interviews/jury_answer_spent.html", {"invitation": invitation}, status=410)
    form = AnswerForm(posted(request), invitation=invitation, initial=_given(invitation))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with Doing(request, (IsCandidate, LinkExpired, NoHalfDay), form=form) as done:
            answer_invitation(
                invitation,
                comes=data["comes"] == "yes",
                half_days=data["half_days"],
                most=form.asked_most(),
                ties=data["ties"],
                comment=data["comment"],
                at=at,
            )
            done.said = "Votre réponse est enregistrée. Merci !"
        if done:
            return redirect("interviews:jury_answer", token)
    context = {
        "invitation": invitation,
        "juror": invitation.juror,
        "promotion": invitation.juror.promotion,
        "form": form,
        "answered": invitation.status != InvitationStatus.SENT,
    }
    return render(request, "interviews/jury_answer.html", context)


def _given(invitation: JuryInvitation) -> dict[str, object]:
    """What was answered before, to be changed."""
    if invitation.status == InvitationStatus.SENT:
        return {"most": invitation.half_days_asked}
    juror = invitation.juror
    return {
        "comes": "no" if invitation.status == InvitationStatus.DECLINED else "yes",
        "half_days": list(juror.availabilities.order_by("pk").values_list("half_day_id", flat=True)),
        "most": invitation.most_half_days or None,
        "ties": list(juror.ties.order_by("pk").values_list("project_id", flat=True)),
        "comment": invitation.comment,
    }
