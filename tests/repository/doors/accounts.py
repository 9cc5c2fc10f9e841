"""allauth's doors: sign in, prove who you are, look after your account."""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    account_login                        GET  open  elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere
    account_signup                       GET  open  elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere
    account_request_login_code           GET  open  elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere
    account_reset_password               GET  everybody
    account_inactive                     GET  everybody
    account_password_reset_completed     GET  everybody
    account_confirm_login_code           GET  login elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere
    account_confirm_password_reset_code  GET  login elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere
    account_complete_password_reset      GET  login elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere
    account_email_verification_sent      GET  login elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere elsewhere
    account_logout                       GET  members
    account_reauthenticate               GET  members
    account_email                        GET  members
    account_change_password              GET  members
    account_set_password                 GET  members
    usersessions_list                    GET  members
    mfa_index                            GET  members
    mfa_authenticate                     GET  members
    mfa_reauthenticate                   GET  members
    mfa_activate_totp                    GET  members
    mfa_deactivate_totp                  GET  members
    mfa_view_recovery_codes              GET  members
    mfa_generate_recovery_codes          GET  members
    mfa_download_recovery_codes          GET  members
    mfa_list_webauthn                    GET  members
    mfa_add_webauthn                     GET  members
    mfa_reauthenticate_webauthn          GET  members
    mfa_remove_webauthn                  GET  members
    mfa_edit_webauthn                    GET  members
    mfa_login_webauthn                   GET  members
    """
)


def ways(world: World) -> Mapping[str, Way]:
    nothing = way(pk=0)
    return {"mfa_remove_webauthn": nothing, "mfa_edit_webauthn": nothing}
