"""What projects and people are tied to: administrations, addresses, names."""

from collections.abc import Iterable, Mapping, Sequence

from eig.juries.rules import Judged
from projects.models import Project, ProjectLead, ProjectLink

CONTACTS = ("sponsor", "lead", "hr_contact", "finance_contact")


def ties_of(projects: Sequence[Project]) -> Mapping[int, Judged]:
    """What each project is tied to, from its links, its writers and the contacts of its dossier."""
    names: dict[int, set[str]] = {project.pk: set() for project in projects}
    emails: dict[int, set[str]] = {project.pk: set() for project in projects}
    people: dict[int, set[str]] = {project.pk: set() for project in projects}
    links = ProjectLink.objects.filter(project__in=projects).order_by("pk")
    for pk, name in links.values_list("project_id", "administration__name"):
        names[pk].add(name)
    leads = ProjectLead.objects.filter(project__in=projects).order_by("pk")
    for pk, email, last_name in leads.values_list("project_id", "person__email", "person__last_name"):
        emails[pk].add(email)
        people[pk].add(last_name)
    for project in projects:
        for code in CONTACTS:
            contact = project.answers.get(code)
            if isinstance(contact, Mapping):
                emails[project.pk].add(str(contact.get("email") or ""))
                people[project.pk].add(str(contact.get("last_name") or ""))
    return {pk: Judged(emails[pk] - {""}, people[pk] - {""}, names[pk]) for pk in names}


def administrations_led(people: Iterable[int]) -> Mapping[int, set[str]]:
    """Person id → the administrations whose projects they write."""
    found: dict[int, set[str]] = {}
    rows = (
        ProjectLead.objects.filter(person__in=list(people), project__administration__isnull=False)
        .order_by("pk")
        .values_list("person_id", "project__administration__name")
    )
    for person, name in rows:
        found.setdefault(person, set()).add(name)
    return found
