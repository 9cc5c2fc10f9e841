"""allauth's doors: sign in, prove who you are, look after your account.

Readers and the programme team have a second factor, the others a password only.
"""

from collections.abc import Mapping

from tests.repository.doors import Way, charter, way
from tests.repository.world import World

DOORS = charter(
    """
    account_login                        GET  open   away   away   away   away   away   away   away
    account_signup                       GET  open   away   away   away   away   away   away   away
    account_request_login_code           GET  open   away   away   away   away   away   away   away
    account_reset_password               GET  everybody
    account_inactive                     GET  everybody
    account_password_reset_completed     GET  everybody
    account_complete_password_reset      GET  away   away   away   away   away   away   away   away
    account_confirm_password_reset_code  GET  login  login  login  login  login  login  login  login
    account_confirm_login_code           GET  login  away   away   away   away   away   away   away
    account_email_verification_sent      GET  login  away   away   away   away   away   away   away
    account_logout                       GET  away   open   open   open   open   open   open   open
    account_reauthenticate               GET  login  open   open   open   open   open   open   open
    account_email                        GET  members
    account_change_password              GET  members
    account_set_password                 GET  login  away   away   away   away   away   away   away
    usersessions_list                    GET  members
    mfa_index                            GET  members
    mfa_authenticate                     GET  login  away   away   away   away   away   away   away
    mfa_reauthenticate                   GET  login  away   away   away   away   open   open   open
    mfa_reauthenticate_webauthn          GET  login  away   away   away   away   away   away   away
    mfa_activate_totp                    GET  login  open   open   open   open   away   away   away
    mfa_deactivate_totp                  GET  login  hidden hidden hidden hidden open   open   open
    mfa_view_recovery_codes              GET  login  hidden hidden hidden hidden hidden hidden hidden
    mfa_generate_recovery_codes          GET  members
    mfa_download_recovery_codes          GET  login  hidden hidden hidden hidden hidden hidden hidden
    mfa_list_webauthn                    GET  members
    mfa_add_webauthn                     GET  members
    mfa_remove_webauthn                  GET  login  hidden hidden hidden hidden hidden hidden hidden
    mfa_edit_webauthn                    GET  login  hidden hidden hidden hidden hidden hidden hidden
    mfa_login_webauthn                   GET  login  away   away   away   away   away   away   away
    """
)


def ways(world: World) -> Mapping[str, Way]:
    nothing = way(pk=0)
    return {"mfa_remove_webauthn": nothing, "mfa_edit_webauthn": nothing}
