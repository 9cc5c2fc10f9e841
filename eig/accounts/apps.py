from allauth.core.internal import ratelimit
from django.apps import AppConfig

# Colleagues behind one address count their tries one after the other. allauth 65.21 waits a second for its
# turn, then refuses as if the limit were reached; a morning of sign-ins on a busy server takes longer.
TURN = 5


class AccountsConfig(AppConfig):
    name = "eig.accounts"
    label = "accounts"
    verbose_name = "comptes"

    def ready(self) -> None:
        ratelimit.CACHE_LOCK_WAIT_TIMEOUT = TURN
