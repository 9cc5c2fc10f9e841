"""Administrations named in a dossier become records: found by SIRET, else by name, else created."""

from collections.abc import Mapping
from typing import Any

from eig.dossiers.rules import filled
from projects.choices import AdministrationKind, LinkRole
from projects.models import Administration, Project, ProjectLink
from projects.rules import kind_of, squeezed

ONE = {"operator": LinkRole.OPERATOR, "beneficiary": LinkRole.BENEFICIARY, "ministry": LinkRole.MINISTRY}


def find_administration(
    answer: Mapping[str, Any], *, kind: AdministrationKind = AdministrationKind.OTHER
) -> Administration:
    """The administration of an answer; one known by its name only receives the SIRET when it comes."""
    name, siret = squeezed(str(answer.get("name") or "")), str(answer.get("siret") or "") or None
    nameless = Administration.objects.filter(name__iexact=name, siret__isnull=True).order_by("pk")
    if siret is None:
        known = Administration.objects.filter(name__iexact=name).order_by("pk").first()
        return (
            known or Administration.objects.get_or_create(name=name, siret=None, defaults={"kind": kind})[0]
        )
    known = Administration.objects.filter(siret=siret).first()
    if known is None and nameless.update(siret=siret) == 1:
        known = Administration.objects.get(siret=siret)
    if known is None:
        known, _ = Administration.objects.get_or_create(siret=siret, defaults={"name": name, "kind": kind})
    return known


def _precise(administration: Administration, kind: AdministrationKind) -> Administration:
    if administration.kind == AdministrationKind.OTHER and kind != AdministrationKind.OTHER:
        administration.kind = kind
        administration.save(update_fields=["kind"])
    return administration


def tie_administrations(project: Project) -> Administration:
    """Write the four links of a project from its answers; returns its operator."""
    answers = project.answers
    kind = kind_of(str(answers.get("operator_kind") or ""))
    ties: dict[tuple[int, str], ProjectLink] = {}

    def tie(administration: Administration, role: LinkRole) -> None:
        ties.setdefault(
            (administration.pk, role), ProjectLink(project=project, administration=administration, role=role)
        )

    operator = _precise(find_administration(answers["operator"], kind=kind), kind)
    tie(operator, LinkRole.OPERATOR)
    for question in ("beneficiary", "ministry"):
        if filled(answers.get(question)):
            tie(find_administration(answers[question], kind=_guessed(question)), ONE[question])
    for row in answers.get("partners") or []:
        if filled(row):
            tie(find_administration(row), LinkRole.PARTNER)
    ProjectLink.objects.bulk_create(ties.values())
    return operator


def _guessed(question: str) -> AdministrationKind:
    return AdministrationKind.CENTRAL if question == "ministry" else AdministrationKind.OTHER
