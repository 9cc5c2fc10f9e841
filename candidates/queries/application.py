"""Applications by who looks at them. A draft belongs to its author: the programme team does not read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from candidates.choices import Status
from candidates.models import Application, ApplicationTrade, Attachment
from eig.accounts.models import User
from eig.documents.choices import FileStatus
from eig.documents.models import PageImage
from eig.dossiers.rules import FormView, QuestionView
from eig.evaluation.choices import SheetStatus
from eig.promotions.models import Promotion, Trade

HANDED_IN = Q(submitted_at__isnull=False)


def _rows() -> QuerySet[Application]:
    return Application.objects.select_related("promotion", "candidate")


def own_applications(user: User) -> QuerySet[Application]:
    """The person's own, latest promotion first."""
    return _rows().filter(candidate=user).order_by("-promotion__number", "-pk")


def application_of(user: User, promotion: Promotion) -> Application | None:
    return own_applications(user).filter(promotion=promotion).first()


def _with_trades(rows: QuerySet[Application]) -> QuerySet[Application]:
    links = ApplicationTrade.objects.select_related("trade").order_by("rank", "pk")
    return rows.prefetch_related(Prefetch("trade_links", links))


def applications_listed(promotion: Promotion) -> QuerySet[Application]:
    """Every application handed in to a promotion, with its trades, in the order of arrival."""
    return _with_trades(_rows().filter(HANDED_IN, promotion=promotion)).order_by("number", "pk")


def applications_for_staff(promotion: str) -> QuerySet[Application]:
    """The same, of a promotion by its code."""
    return _with_trades(_rows().filter(HANDED_IN, promotion__code=promotion)).order_by("number", "pk")


def live_readings() -> Count:
    """How many readings of an application still count, signed or not."""
    live = Q(reviews__sheet__status__in=[SheetStatus.DRAFT, SheetStatus.SIGNED], reviews__counts=True)
    return Count("reviews", filter=live, distinct=True)


def status_counts(promotion: Promotion) -> Mapping[str, int]:
    """How many applications handed in are in each state."""
    rows = (
        Application.objects.filter(HANDED_IN, promotion=promotion)
        .values_list("status")
        .annotate(total=Count("pk"))
        .order_by("status")
    )
    return dict.fromkeys(Status.values, 0) | dict(rows)


def trades_of(application: Application) -> list[Trade]:
    links = application.trade_links.select_related("trade").order_by("rank", "pk")
    return [link.trade for link in links]


def application_trades_shown(application: Application) -> list[str]:
    """The trades in words, in their order of preference."""
    return [trade.label for trade in trades_of(application)]


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file sent, and whether it will do: checked, waiting, or refused with a reason."""

    attachment: Attachment
    refusal: str

    @property
    def is_clean(self) -> bool:
        return self.attachment.document.status == FileStatus.CLEAN and not self.refusal

    @property
    def is_pending(self) -> bool:
        return self.attachment.document.status == FileStatus.PENDING

    @property
    def badge(self) -> tuple[str, str]:
        if self.refusal:
            return "Refusé", "error"
        return ("Vérification en cours", "info") if self.is_pending else ("Vérifié", "success")


def _refusal(attachment: Attachment, question: QuestionView | None) -> str:
    document = attachment.document
    if document.status == FileStatus.REFUSED:
        return document.refusal
    most = question.option("max_pages", 0) if question else 0
    if most and document.pages and document.pages > most:
        return f"Ce fichier compte {document.pages} pages ; la limite est de {most} pages."
    return ""


def files_of(application: Application, form: FormView) -> list[FileShown]:
    """The files of an application, in the order they were sent."""
    pictures = Prefetch("document__page_images", PageImage.objects.defer("data").order_by("rank"))
    rows = (
        application.attachments.select_related("document")
        .prefetch_related(pictures)
        .order_by("added_at", "pk")
    )
    return [FileShown(row, _refusal(row, form.question(row.question))) for row in rows]


def attached_codes(files: Sequence[FileShown]) -> set[str]:
    """The file questions that are answered: a file still waiting counts, a refused one does not."""
    return {file.attachment.question for file in files if not file.refusal}
