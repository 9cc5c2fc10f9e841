"""An application as its readers see it: without what tells who wrote it, in answers and in files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from candidates.models import Application, RedactionMark
from candidates.queries.application import FileShown
from candidates.rules.redaction import SHOWABLE, Identity, Kind, folded, redacted, squeezed
from eig.documents.models import Extract
from eig.dossiers.rules import FormView, SectionAnswers, answers_shown

HIDE, SHOW = RedactionMark.Kind.HIDE, RedactionMark.Kind.SHOW
LEAST_HANDLE = 4
LABELS: Mapping[Kind, str] = {
    Kind.NAME: "Nom",
    Kind.ADDRESS: "Adresse",
    Kind.LINK: "Lien ou identifiant",
    Kind.PHONE: "Numéro",
    Kind.SCHOOL: "École ou formation",
    Kind.MENTION: "Mention personnelle",
    Kind.WORD: "Mot masqué à la main",
}


def marks_of_application(application: Application) -> QuerySet[RedactionMark]:
    return RedactionMark.objects.filter(application=application).select_related("made_by").order_by("folded")


def names_of(application: Application) -> tuple[str, str]:
    candidate = application.candidate
    return candidate.first_name, candidate.last_name


def _handles(application: Application, form: FormView) -> tuple[str, ...]:
    """Other names the person goes by: the account in their address, the last word of each of their links."""
    said = [application.candidate.email.partition("@")[0].partition("+")[0]]
    for question in form.questions():
        value = application.answers.get(question.code)
        if question.identifying and isinstance(value, str):
            said += [word.rstrip("/").rpartition("/")[2].lstrip("@") for word in value.split() if "/" in word]
    found = {" ".join(folded(item)[0].replace("_", " ").replace(".", " ").split()) for item in said}
    return tuple(
        sorted((item for item in found if len(item) >= LEAST_HANDLE), key=lambda item: (-len(item), item))
    )


def identity_of(
    application: Application, form: FormView, *, marks: Sequence[RedactionMark] | None = None
) -> Identity:
    """What to hide of this person, with the marks added by hand."""
    made = marks_of_application(application) if marks is None else marks
    return Identity(
        names=names_of(application),
        handles=_handles(application, form),
        hide=tuple(mark.folded for mark in made if mark.kind == HIDE),
        show=frozenset(mark.folded for mark in made if mark.kind == SHOW),
    )


@dataclass(frozen=True, slots=True)
class HitShown:
    """A passage that is hidden, how often, and whether it may be shown again."""

    kind: Kind
    text: str
    count: int

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def may_show(self) -> bool:
        return self.kind in SHOWABLE


class Veil:
    """Hides, and remembers what it hid."""

    def __init__(self, who: Identity | None) -> None:
        self.who = who
        self.agreements = 0
        self._hits: dict[tuple[Kind, str], tuple[str, int]] = {}

    def __call__(self, text: str) -> str:
        if self.who is None:
            return text
        made = redacted(text, self.who)
        self.agreements += made.agreements
        for hit in made.hits:
            key = (hit.kind, squeezed(hit.text))
            self._hits[key] = (hit.text, self._hits.get(key, ("", 0))[1] + 1)
        return made.text

    @property
    def hits(self) -> list[HitShown]:
        rows = [HitShown(kind, text, count) for (kind, _), (text, count) in self._hits.items()]
        return sorted(rows, key=lambda hit: (list(LABELS).index(hit.kind), squeezed(hit.text)))


@dataclass(frozen=True, slots=True)
class AnonymousFile:
    """A file as readers see it: a neutral name, and its text; without names, never the file itself."""

    code: str
    attachment_id: int
    title: str
    filename: str
    pages: int | None
    text: str
    # Nothing could be read in it: an image, a scan.
    is_picture: bool
    # Its text is still being read.
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class AnonymousDossier:
    sections: Sequence[SectionAnswers]
    files: Sequence[AnonymousFile]
    hits: Sequence[HitShown]
    agreements: int


def anonymous_dossier(
    application: Application,
    form: FormView,
    files: Sequence[FileShown],
    *,
    marks: Sequence[RedactionMark] | None = None,
) -> AnonymousDossier:
    """What readers see: no identifying answer, no private one; no name in texts while it is the rule."""
    is_hidden = application.promotion.anonymous_shortlisting
    veil = Veil(identity_of(application, form, marks=marks) if is_hidden else None)
    sections = answers_shown(
        form, application.answers, hide_identifying=is_hidden, readers_only=True, through=veil
    )
    return AnonymousDossier(sections, _files(files, application, form, veil), veil.hits, veil.agreements)


def anonymous_files(
    files: Sequence[FileShown], application: Application, form: FormView
) -> list[AnonymousFile]:
    """The files alone, as readers see them."""
    is_hidden = application.promotion.anonymous_shortlisting
    return _files(files, application, form, Veil(identity_of(application, form) if is_hidden else None))


def _files(
    files: Sequence[FileShown], application: Application, form: FormView, veil: Veil
) -> list[AnonymousFile]:
    """The checked files, under neutral names: « candidature-EIG-6-C-0042-cv.pdf »."""
    extracts = {
        row.document_id: row.text
        for row in Extract.objects.filter(document__in=[file.attachment.document_id for file in files])
    }
    counts: dict[str, int] = {}
    said = application.number or "brouillon"
    found = []
    for file in files:
        question = form.question(file.attachment.question)
        if not file.is_clean or question is None or not question.for_readers or question.identifying:
            continue
        counts[question.code] = counts.get(question.code, 0) + 1
        rank = counts[question.code]
        suffix = f"-{rank}" if question.most_files > 1 else ""
        document = file.attachment.document
        text = extracts.get(document.pk)
        extension = "pdf" if veil.who else document.name.rpartition(".")[2].lower()
        found.append(
            AnonymousFile(
                code=str(document.code),
                attachment_id=file.attachment.pk,
                title=f"{question.label}{f' n° {rank}' if suffix else ''}",
                filename=f"candidature-{said}-{question.code}{suffix}.{extension}",
                pages=document.pages,
                text=veil(text or ""),
                is_picture=text is not None and not text.strip(),
                is_waiting=text is None,
            )
        )
    return found
