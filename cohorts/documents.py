"""Print: the certificate of a mission. Export: the members."""

from cohorts.models import Member
from cohorts.queries.listing import MEMBERS
from eig.documents.printing import Order, Progress, register
from eig.french import of
from eig.listing.documents import export_list

CERTIFICATE = "cohorts.certificate"


def certificate_title(member: Member) -> str:
    return f"Attestation de mission {of(member.person)}"


def build_certificate(member_id: int, progress: Progress) -> Order:
    member = Member.objects.select_related("promotion", "person", "team__project__administration").get(
        pk=member_id
    )
    progress(20)
    return Order(
        template="pdf/certificate.html",
        context={"member": member, "promotion": member.promotion, "project": member.team.project},
        filename=f"attestation-{member.promotion.code}-{member.code.hex[:8]}.pdf",
    )


export_list(MEMBERS)
register(CERTIFICATE, build_certificate)
