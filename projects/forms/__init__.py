"""Listen: what each page of the step receives. One noun per file."""

from projects.forms.page import CatalogueForm, PageForm, body_formset, typed_parts
from projects.forms.project import InviteForm, PositionForm, RefusalForm, StartForm
from projects.forms.reading import AssignProjectsForm
