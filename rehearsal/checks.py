"""What must be true of a promotion when it is over. Each check returns the sentences of what is broken."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q

from candidates.choices import Outcome
from candidates.models import Application
from candidates.models import Decision as ApplicationDecision
from cohorts.models import Member
from eig.accounts.privacy import NOBODY
from eig.documents.choices import PrintStatus
from eig.documents.models import Print
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal, Sheet
from eig.failures.queries import failures_of
from eig.mail.choices import Status as MailStatus
from eig.mail.models import Message
from eig.mail.needs import NEEDS
from eig.promotions.models import Promotion
from eig.waves.choices import WaveStatus
from eig.waves.kinds import kind_of
from eig.waves.models import Wave
from matching.interviews.allocation import allocate_auditions
from matching.interviews.allocation.checker import check_auditions
from matching.interviews.choices import AuditionStatus, MinutesStatus, PlanStatus
from matching.interviews.models import Allocation, Panel, Plan
from matching.interviews.queries.minutes import is_intact
from matching.interviews.timetable.checker import check_timetable
from matching.ranking.models import Adjustment, Choice, Ranking
from matching.teams.actions import replay_scenario
from matching.teams.choices import OfferStatus, ScenarioStatus
from matching.teams.models import Offer, Scenario, Team
from privacy.emails import FAREWELL
from projects.choices import Status as ProjectStatus
from projects.choices import VisaStatus
from projects.models import Decision as ProjectDecision
from projects.models import Project, Visa
from rehearsal.corpus.sources import read

Check = Callable[[Promotion], Iterator[str]]


def volumes(promotion: Promotion) -> dict[str, int]:
    projects = Project.objects.filter(promotion=promotion)
    applications = Application.objects.filter(promotion=promotion)
    decisions = ApplicationDecision.objects.filter(application__promotion=promotion)
    heard = applications.filter(auditions__status=AuditionStatus.HEARD)
    return {
        "projets déposés": projects.filter(submitted_at__isnull=False).count(),
        "défis publiés": projects.filter(status=ProjectStatus.PUBLISHED).count(),
        "candidatures déposées": applications.filter(submitted_at__isnull=False).count(),
        "personnes présélectionnées": decisions.filter(outcome=Outcome.SHORTLISTED).count(),
        "personnes entendues": heard.distinct().count(),
        "personnes en équipe": Member.objects.filter(promotion=promotion).count(),
    }


def the_volumes_are_those_asked(promotion: Promotion, *, fewer: int) -> Iterator[str]:
    asked = dict(read("volumes.toml")["promotion"])
    asked["candidatures déposées"] -= fewer
    for label, count in volumes(promotion).items():
        if count != asked[label]:
            yield f"{count} {label} au lieu de {asked[label]}"


def no_project_was_handed_in_without_its_visas(promotion: Promotion) -> Iterator[str]:
    needed = {visa["code"] for visa in promotion.project_visas}
    given: dict[int, set[str]] = {}
    rows = Visa.objects.filter(project__promotion=promotion, status=VisaStatus.GIVEN)
    for project, kind in rows.values_list("project", "kind"):
        given.setdefault(project, set()).add(kind)
    handed_in = Project.objects.filter(promotion=promotion, submitted_at__isnull=False)
    lacking = [pk for pk in handed_in.values_list("pk", flat=True) if needed - given.get(pk, set())]
    if lacking:
        yield f"{len(lacking)} projets déposés sans tous leurs visas"


def nothing_was_accepted_late(promotion: Promotion) -> Iterator[str]:
    phases = {phase.kind: phase for phase in promotion.phases.all()}
    for model, kind in ((Project, "projects"), (Application, "applications")):
        late = model.objects.filter(promotion=promotion, submitted_at__gt=phases[kind].closes_at).count()
        if late:
            yield f"{late} dépôts après la clôture ({kind})"
    # A project that changed after the closing gives those who ranked it a delay of their own.
    adjusted = Adjustment.objects.filter(ranking=OuterRef("pk"), used_at__lte=F("until"))
    late = (
        Ranking.objects.filter(application__promotion=promotion, certified_at__gt=phases["ranking"].closes_at)
        .filter(~Exists(adjusted))
        .count()
    )
    if late:
        yield f"{late} listes certifiées après la clôture"
    if Offer.objects.filter(
        promotion=promotion, status=OfferStatus.ACCEPTED, answered_at__gt=F("expires_at")
    ).exists():
        yield "une proposition acceptée après son échéance"


def receipts_are_numbered_without_hole(promotion: Promotion) -> Iterator[str]:
    for model in (Project, Application):
        numbers = model.objects.filter(promotion=promotion, number__isnull=False).values_list(
            "number", flat=True
        )
        ranks = sorted(int(str(number).rpartition("-")[2]) for number in numbers)
        if ranks != list(range(1, len(ranks) + 1)):
            yield f"les numéros de {model.__name__} ont un trou ou un double"


def two_people_decided(promotion: Promotion) -> Iterator[str]:
    for wave in Wave.objects.filter(promotion=promotion, status=WaveStatus.PUBLISHED).order_by("pk"):
        if wave.validated_by_id in {None, wave.prepared_by_id}:
            yield f"« {wave.title} » n’a pas été validée par une seconde personne"


def every_decision_was_read_enough(promotion: Promotion) -> Iterator[str]:
    short = ApplicationDecision.objects.filter(
        application__promotion=promotion, application__reviews_signed__lt=promotion.readers_per_application
    ).count()
    short += ProjectDecision.objects.filter(
        project__promotion=promotion, project__reviews_signed__lt=promotion.readers_per_project
    ).count()
    if short:
        yield f"{short} décisions sans le nombre de lectures voulu"


def news_left_with_its_wave(promotion: Promotion) -> Iterator[str]:
    """Embargo: each mail of a wave leaves at the instant of the publication, one per decision."""
    for wave in Wave.objects.filter(promotion=promotion, status=WaveStatus.PUBLISHED).order_by("pk"):
        letters = Message.objects.filter(batch=f"wave:{wave.code}")
        if letters.exclude(not_before=wave.published_at or wave.publishes_at).exists():
            yield f"« {wave.title} » : un courriel n’est pas parti avec la publication"
        decisions = kind_of(wave).rows.filter(wave=wave).count()
        if letters.values("key").distinct().count() < decisions:
            yield f"« {wave.title} » : {decisions} décisions, {letters.count()} courriels"


def nobody_judged_in_conflict(promotion: Promotion) -> Iterator[str]:
    for recusal in Recusal.objects.filter(promotion=promotion).order_by("pk"):
        sheets = Sheet.objects.filter(evaluator=recusal.person)
        live = sheets.filter(
            Q(status=SheetStatus.DRAFT) | Q(status=SheetStatus.SIGNED, signed_at__gt=recusal.declared_at)
        )
        found = live.filter(
            Q(projects_review__project_id=recusal.subject_id)
            if recusal.subject_type == "projects.project"
            else Q(candidates_review__application_id=recusal.subject_id)
            | Q(scorecard__audition__application_id=recusal.subject_id)
        )
        if found.exists():
            yield f"{recusal.person} a une fiche malgré son déport"


def wishes_keep_the_rules(promotion: Promotion) -> Iterator[str]:
    lists = Ranking.objects.filter(application__promotion=promotion).annotate(n=Count("choices"))
    if lists.filter(n__gt=promotion.wishes_max).exists():
        yield "une liste dépasse le nombre de vœux"
    if Choice.objects.filter(ranking__in=lists).exclude(project__promotion=promotion).exists():
        yield "un vœu vise un défi d’une autre promotion"


OVERLAPS = """
    WITH live AS (
        SELECT card.audition_id, card.juror_id FROM interviews_scorecard card
        JOIN evaluation_sheet sheet ON sheet.id = card.sheet_id WHERE sheet.status <> 'recused'
    )
    SELECT count(*) FROM interviews_audition a JOIN interviews_audition b
      ON a.id < b.id AND a.during && b.during AND a.status <> 'cancelled' AND b.status <> 'cancelled'
    LEFT JOIN live ca ON ca.audition_id = a.id
    LEFT JOIN live cb ON cb.audition_id = b.id AND cb.juror_id = ca.juror_id
    WHERE a.promotion_id = %s
      AND (a.application_id = b.application_id OR a.slot_id = b.slot_id OR cb.juror_id IS NOT NULL)
"""


def nobody_was_in_two_places(promotion: Promotion) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS, [promotion.pk])
        (count,) = cursor.fetchone()
    if count:
        yield f"{count} auditions se chevauchent pour une personne, un jury ou une salle"


def auditions_are_as_computed(promotion: Promotion) -> Iterator[str]:
    """Each round gives the same answer again; each timetable that was applied is still accepted."""
    for kept in Allocation.objects.filter(promotion=promotion).order_by("pk"):
        if allocate_auditions(kept.instance) != kept.result:
            yield f"le tour {kept.get_round_display()} ne se recalcule pas à l’identique"
        if not check_auditions(kept.instance, kept.result).ok:
            yield f"le vérificateur refuse le tour {kept.get_round_display()}"
    for plan in Plan.objects.filter(promotion=promotion, status=PlanStatus.APPLIED).order_by("pk"):
        if not check_timetable(plan.instance, plan.result, most=False).ok:
            yield f"le vérificateur refuse l’emploi du temps {plan}"


def every_panel_signed_its_minutes(promotion: Promotion) -> Iterator[str]:
    """Whoever heard somebody left minutes, which still have the hash that everybody signed."""
    panels = Panel.objects.filter(promotion=promotion, slots__audition__isnull=False).distinct()
    for panel in panels.order_by("during", "pk").select_related("minutes"):
        minutes = getattr(panel, "minutes", None)
        if minutes is None:
            yield f"{panel} ({panel.room}) n’a pas de procès-verbal"
        elif minutes.status != MinutesStatus.SIGNED or minutes.signatures.count() != panel.seats.count():
            yield f"le procès-verbal de {panel} n’est pas signé par tous"
        elif not is_intact(minutes):
            yield f"le procès-verbal de {panel} n’a plus son empreinte"


def scores_are_complete(promotion: Promotion) -> Iterator[str]:
    left = Sheet.objects.filter(
        scorecard__audition__promotion=promotion,
        scorecard__audition__status=AuditionStatus.HEARD,
        status=SheetStatus.DRAFT,
    )
    if left.exists():
        yield f"{left.count()} fiches d’audition non signées"


def the_result_is_proved(promotion: Promotion) -> Iterator[str]:
    published = Scenario.objects.filter(promotion=promotion, status=ScenarioStatus.PUBLISHED)
    if published.count() != 1:
        yield "il faut un scénario publié, et un seul"
        return
    scenario = published.get()
    if scenario.verdict != "ok" or not scenario.signed_by_id:
        yield "le résultat publié n’a pas été contrôlé et signé"
    at = scenario.published_at or scenario.created_at
    if not replay_scenario(scenario, by=None, at=at).is_faithful:
        yield "recalculer le scénario ne redonne pas les mêmes octets"


def teams_have_the_right_size(promotion: Promotion) -> Iterator[str]:
    for team in (
        Team.objects.filter(promotion=promotion).annotate(n=Count("members")).select_related("project")
    ):
        if not promotion.team_min <= team.n <= promotion.team_max:
            yield f"l’équipe « {team.project.title} » compte {team.n} personnes"


def every_mail_left_once(promotion: Promotion) -> Iterator[str]:
    # What was written to an erased account is erased, row and file, the farewell too: whether it had left,
    # was leaving or waited depends on the worker.
    erased = Q(kind=FAREWELL) | Q(to_email=NOBODY)
    gone = {str(code) for code in Message.objects.filter(erased).values_list("code", flat=True)}
    written = Message.objects.exclude(erased)
    # A reminder taken by the worker as its reason ended does not leave: never all of a kind.
    needless = written.filter(kind__in=NEEDS, status=MailStatus.CANCELLED)
    written = written.exclude(pk__in=needless.values("pk"))
    for kind in written.exclude(status=MailStatus.SENT).order_by("kind").values_list("kind", flat=True):
        yield f"un courriel {kind} n’est pas parti"
    for kind in needless.exclude(kind__in=written.values("kind")).values_list("kind", flat=True).distinct():
        yield f"aucun courriel {kind} n’est parti"
    files = [path.stem for path in Path(settings.MAIL_SINK_ROOT).rglob("*.eml")]
    files = [stem for stem in files if stem not in gone]
    rows = Counter(str(code) for code in written.values_list("code", flat=True))
    if Counter(files) != rows:
        yield f"{len(files)} courriels reçus pour {rows.total()} écrits"
    receipts = Message.objects.filter(kind="candidates/application_received").values("to_email")
    if receipts.annotate(n=Count("pk")).filter(n__gt=1).exists():
        yield "un accusé de dépôt est parti deux fois"


def nobody_done_was_reminded(promotion: Promotion) -> Iterator[str]:
    late = Message.objects.filter(
        promotion_id=promotion.pk,
        kind="journey/application_draft_reminder",
        to_person__applications__promotion=promotion,
        to_person__applications__submitted_at__lt=F("created_at"),
    ).count()
    late += Message.objects.filter(
        promotion_id=promotion.pk,
        kind="journey/offer_reminder",
        to_person__applications__offers__answered_at__lt=F("created_at"),
        to_person__applications__offers__status=OfferStatus.ACCEPTED,
    ).count()
    if late:
        yield f"{late} relances à des personnes qui avaient déjà répondu"


def no_task_gave_up(promotion: Promotion) -> Iterator[str]:
    """Recurring tasks go on after a failure: what they could not do is said here, as on the cockpit."""
    for failure in failures_of(promotion.pk):
        yield f"une tâche a échoué : {failure.deed} ({failure.error})"


def every_pdf_is_tagged(promotion: Promotion) -> Iterator[str]:
    failed = Print.objects.exclude(status=PrintStatus.READY).count()
    if failed:
        yield f"{failed} PDF ne sont pas prêts"
    for job in Print.objects.filter(status=PrintStatus.READY).select_related("document").order_by("pk"):
        if job.document is None:
            continue
        with pikepdf.open(job.document.file.path) as pdf:
            marked = "/MarkInfo" in pdf.Root and bool(pdf.Root.MarkInfo.get("/Marked", False))
            if not (marked and "/StructTreeRoot" in pdf.Root and "/Lang" in pdf.Root):
                yield f"le PDF « {job.title} » n’est pas balisé"


CHECKS: tuple[Check, ...] = (
    no_project_was_handed_in_without_its_visas,
    nothing_was_accepted_late,
    receipts_are_numbered_without_hole,
    two_people_decided,
    every_decision_was_read_enough,
    news_left_with_its_wave,
    nobody_judged_in_conflict,
    wishes_keep_the_rules,
    nobody_was_in_two_places,
    auditions_are_as_computed,
    every_panel_signed_its_minutes,
    scores_are_complete,
    the_result_is_proved,
    teams_have_the_right_size,
    every_mail_left_once,
    nobody_done_was_reminded,
    no_task_gave_up,
    every_pdf_is_tagged,
)
