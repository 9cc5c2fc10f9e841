"""How allauth meets our accounts: names, French subjects, and no message that tells who exists."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.first_name = form.cleaned_data.get("first_name", "")
        user.last_name = form.cleaned_data.get("last_name", "")
        return super().save_user(request, user, form, commit=commit)

    def is_safe_url(self, url: str | None) -> bool:
        """An address that cannot be read (« //[ ») is not ours: allauth 65.21 raises ValueError on it."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> Any:
        """A code that is no longer good must not arrive days later, when the relay is back."""
        if "code" in context:
            ends_at = timezone.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
            headers = {**(headers or {}), "Expires": ends_at.isoformat()}
        return super().render_mail(template_prefix, email, context, headers)
