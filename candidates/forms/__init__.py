"""Listen: uploads, readings, and what the programme team types."""

from candidates.forms.assignment import ReaderForm
from candidates.forms.bulk import IneligibilityForm, bulk_form
from candidates.forms.duplicate import DuplicateForm
from candidates.forms.listing import ApplicationFilter, SavedViewForm
from candidates.forms.pool import PoolFilter, PoolForm
from candidates.forms.staff import (
    ProposalForm,
    ReasonForm,
    RecusalForm,
)
from candidates.forms.upload import UploadForm

__all__ = [
    "ApplicationFilter",
    "DuplicateForm",
    "IneligibilityForm",
    "PoolFilter",
    "PoolForm",
    "ProposalForm",
    "ReaderForm",
    "ReasonForm",
    "RecusalForm",
    "SavedViewForm",
    "UploadForm",
    "bulk_form",
]
