"""Listen: what each page of the step receives. One noun per file."""

from projects.forms.page import BodyFormSet, CatalogueForm, PageForm, body_formset, typed_parts
from projects.forms.project import (
    InviteForm,
    PositionForm,
    ProjectFilterForm,
    RefusalForm,
    StartForm,
)
from projects.forms.reading import AssignForm, ConflictForm, RecusalForm, ReviewForm

__all__ = [
    "AssignForm",
    "BodyFormSet",
    "CatalogueForm",
    "ConflictForm",
    "InviteForm",
    "PageForm",
    "PositionForm",
    "ProjectFilterForm",
    "RecusalForm",
    "RefusalForm",
    "ReviewForm",
    "StartForm",
    "body_formset",
    "typed_parts",
]
