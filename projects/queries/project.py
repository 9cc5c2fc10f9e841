"""Projects by who looks at them. A draft belongs to its writers: the programme team does not read it."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from eig.accounts.models import Invitation, User
from eig.french import french
from eig.promotions.models import Promotion
from projects.choices import LeadRole, Status
from projects.models import Position, Project, ProjectLead

INVITATION = "project-editor"


def _rows() -> QuerySet[Project]:
    return Project.objects.select_related("promotion", "administration", "public_page")


def projects_led_by(user: User) -> QuerySet[Project]:
    """The projects that `user` writes, as lead or co-writer, latest first."""
    mine = ProjectLead.objects.filter(project=OuterRef("pk"), person=user)
    return _rows().filter(Exists(mine)).order_by("-updated_at", "-pk")


def projects_visible_to(user: User) -> QuerySet[Project]:
    """One's own; for the programme team, also every project that was handed in."""
    mine = Exists(ProjectLead.objects.filter(project=OuterRef("pk"), person=user))
    allowed = mine | Q(submitted_at__isnull=False) if user.is_staff else mine
    return _rows().filter(allowed).order_by("-updated_at", "-pk")


def projects_listed(promotion: Promotion) -> QuerySet[Project]:
    """What staff work on: every project handed in, in French alphabetical order."""
    return _rows().filter(promotion=promotion, submitted_at__isnull=False).order_by(french("title"), "pk")


def project_for_staff(promotion: str) -> QuerySet[Project]:
    """The projects handed in to a promotion (by its code), each with its page and its writers' addresses."""
    writers = ArrayAgg("leads__person__email", order_by=["-leads__role", "leads__since"])
    return (
        _rows()
        .filter(promotion__code=promotion, submitted_at__isnull=False)
        .annotate(writers=writers)
        .order_by("pk")
    )


def draft_projects(promotion: Promotion) -> QuerySet[Project]:
    """Drafts not handed in, with their writers: for reminders. Nothing of their content is read."""
    return (
        _rows()
        .filter(promotion=promotion, status=Status.DRAFT)
        .prefetch_related("leads__person")
        .order_by("pk")
    )


def published_projects(promotion: Promotion) -> QuerySet[Project]:
    """The promotion's défis, with page and positions, in French alphabetical order of their public title."""
    return (
        _rows()
        .filter(promotion=promotion, status=Status.PUBLISHED)
        .prefetch_related("positions__trade")
        .order_by(french("public_page__title"), "pk")
    )


def positions_of(project: Project) -> QuerySet[Position]:
    return project.positions.select_related("trade").order_by("rank", "pk")


def editors_of(project: Project) -> QuerySet[ProjectLead]:
    """Who writes the project: the lead first."""
    return project.leads.select_related("person").order_by("-role", "since", "pk")


def lead_of(project: Project) -> User | None:
    """The person the programme answers to."""
    first = editors_of(project).filter(role=LeadRole.LEAD).first() or editors_of(project).first()
    return first.person if first else None


def invitations_of(project: Project, *, at: datetime) -> QuerySet[Invitation]:
    """Invitations to write it that may still be accepted."""
    return Invitation.objects.filter(
        purpose=INVITATION,
        subject=str(project.code),
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=at,
    ).order_by("-created_at", "-pk")


def funnel(promotion: Promotion) -> Mapping[str, int]:
    """How many projects went how far: started, submitted, eligible, laureate, published (and the rest)."""
    counted = (
        Project.objects.filter(promotion=promotion)
        .values_list("status")
        .annotate(total=Count("pk"), dated=Count("submitted_at"))
        .order_by("status")
    )
    rows = {status: (total, dated) for status, total, dated in counted}
    counts = {status: rows.get(status, (0, 0))[0] for status in Status.values}
    chosen = counts[Status.LAUREATE] + counts[Status.PUBLISHED]
    decided = chosen + counts[Status.RESERVE] + counts[Status.DECLINED]
    return {
        **counts,
        "started": sum(total for total, _ in rows.values()),
        "handed_in": sum(dated for _, dated in rows.values()),
        "found_eligible": counts[Status.ELIGIBLE] + decided,
        "chosen": chosen,
    }


def projects_to_publish(promotion: Promotion) -> QuerySet[Project]:
    """Laureates not yet published, with their page in preparation if there is one."""
    return (
        _rows()
        .filter(promotion=promotion, status=Status.LAUREATE)
        .select_related("page_draft")
        .order_by(french("title"), "pk")
    )
