"""The roof: home, one's own space, the cockpit."""

from collections.abc import Mapping

from eig.mail.models import Message
from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    home                  GET   everybody
    health                GET   everybody
    dashboard             GET   members
    invitation_accept     GET   everybody
    application_situation GET   login hidden open hidden hidden hidden hidden hidden
    application_withdraw  GET   login hidden open hidden hidden hidden hidden hidden
    message_list          GET   members
    message_detail        GET   login hidden open hidden hidden hidden hidden hidden
    staff_shortlist_board GET   staff
    staff_promotion_list  GET   staff
    staff_record_history  GET   staff
    staff_cockpit         GET   staff
    staff_calendar        GET   staff
    staff_phase_extend    GET   staff
    staff_project_withdraw GET  staff
    staff_people          GET   staff
    staff_person_invite   GET   staff
    staff_invitation_revoke POST staff
    staff_journal         GET   staff
    staff_mail_list       GET   staff
    staff_mail_detail     GET   staff
    staff_mail_retry      POST  staff
    """,
    app="journey",
)


def ways(world: World) -> Mapping[str, Way]:
    here, of = world.here.code, world.of
    mine = Message.objects.get(kind="candidates/application_received", to_person=world.damien).code
    letter = Message.objects.filter(promotion_id=world.here.pk).order_by("pk")[0].code
    return {
        "invitation_accept": way(token=of.invitation_token),
        "application_situation": way(world.alice, code=of.application.code),
        "application_withdraw": way(world.alice, code=of.application.code),
        "staff_record_history": way(record_type="projects.project", record_id=of.read_project.pk),
        "staff_cockpit": way(promotion=here),
        "staff_calendar": way(promotion=here),
        "staff_phase_extend": way(promotion=here, kind="ranking"),
        "staff_project_withdraw": way(promotion=here, code=of.read_project.code),
        "staff_people": way(promotion=here),
        "staff_person_invite": way(promotion=here),
        "staff_invitation_revoke": way(promotion=here, pk=of.reader_invitation.pk),
        "message_detail": way(world.damien, world.ariane, code=mine),
        "staff_shortlist_board": way(promotion=here),
        "staff_journal": way(promotion=here),
        "staff_mail_list": way(promotion=here),
        "staff_mail_detail": way(promotion=here, code=letter),
        "staff_mail_retry": way(promotion=here, code=letter),
    }
