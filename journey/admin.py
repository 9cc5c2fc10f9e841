"""The emergency tool: Django's admin, locked. Superusers with a second factor; to look; all journalled.

For anybody else it does not exist. Nothing is added nor deleted here, nothing that an action writes is
editable: what may be mended is an account that locks its owner out.
"""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone

from candidates.models import Application
from cohorts.models import Member
from eig.accounts.doors import grave
from eig.accounts.models import Invitation, User
from eig.documents.models import Document, Print
from eig.journal.actions import record as journal
from eig.journal.models import Entry
from eig.mail.models import Message
from eig.promotions.models import Phase, Promotion
from matching.interviews.models import Audition
from matching.teams.models import Offer
from projects.models import Project

# The only columns that may be changed here, by model.
MENDABLE: dict[str, tuple[str, ...]] = {"accounts.user": ("is_active", "is_staff")}
# What an emergency may need to be looked at; the rest has its pages in /pilotage/.
SHOWN: tuple[type[models.Model], ...] = (
    User, Invitation, Promotion, Phase, Project, Application, Audition, Offer, Member, Message, Document,
    Print,
    Entry,
)  # fmt: skip
# Secrets that nobody needs to read, even in an emergency.
NEVER_SHOWN = {"password", "token_hash", "code_hash", "seed", "session_key"}


def may_enter(request: HttpRequest) -> bool:
    user = request.user
    return bool(user.is_authenticated and user.is_active and user.is_superuser and is_mfa_enabled(user))


class EmergencySite(AdminSite):
    site_header = "Outil de secours"
    site_title = "Secours EIG"
    index_title = "À n’ouvrir qu’en cas d’urgence : chaque page vue est inscrite au journal"
    enable_nav_sidebar = False
    index_template = "admin/emergency_index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Closed doors are not seen; open ones ask again who is there."""
        inner = grave(super().admin_view(view, cacheable))

        @login_not_required  # for a visitor too, it does not exist
        def door(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_enter(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return door

    def get_urls(self) -> list[Any]:
        """The index, and for each model its list and its rows: none of Django's other pages."""
        found: list[URLPattern] = [
            path("", self.admin_view(self.index), name="index"),
            path("<slug:app_label>/", self.admin_view(self.app_index), name="app_list"),
        ]
        for model, room in self._registry.items():
            base, info = f"{model._meta.app_label}/{model._meta.model_name}", _names(model)
            found += [
                path(f"{base}/", self.admin_view(room.changelist_view), name=f"{info}_changelist"),
                path(
                    f"{base}/<path:object_id>/change/",
                    self.admin_view(room.change_view),
                    name=f"{info}_change",
                ),
            ]
        return found


def _names(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


class Locked(ModelAdmin[Any]):
    """Look; mend what `MENDABLE` names; leave a line in our journal, and none in Django's."""

    actions = None
    change_list_template = "admin/emergency_list.html"
    change_form_template = "admin/emergency_form.html"
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-pk",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = self.model._meta.get_fields()
        return [
            field.name
            for field in fields
            if isinstance(field, models.Field) and field.name not in NEVER_SHOWN and not field.many_to_many
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        mendable = MENDABLE.get(self.model._meta.label_lower, ())
        return [name for name in self.get_fields(request, obj) if name not in mendable]

    def get_list_display(self, request: HttpRequest) -> Any:
        return ["pk", "__str__"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_enter(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_enter(request) and self.model._meta.label_lower in MENDABLE

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        self._tell("emergency_look", request, row)
        return super().change_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = {name: form.initial.get(name) for name in form.changed_data}
        type(obj)._default_manager.filter(pk=obj.pk).update(
            **{name: getattr(obj, name) for name in form.changed_data}
        )
        self._tell("emergency_mend", request, obj, before=before, fields=list(form.changed_data))

    def _tell(self, verb: str, request: HttpRequest, row: models.Model, **data: Any) -> None:
        assert isinstance(request.user, User)
        journal(verb, row, by=request.user, at=timezone.now(), **data)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's own log would be a second journal, with names in it and no lock."""


site = EmergencySite(name="emergency")
site.register(SHOWN, Locked)
