"""Listen: uploads, readings, and what the programme team types."""

from candidates.forms.reading import ConflictForm, ReviewForm
from candidates.forms.staff import (
    ApplicationFilter,
    AssignForm,
    DecisionForm,
    ProposalForm,
    ReasonForm,
    RecusalForm,
    WaveForm,
)
from candidates.forms.upload import UploadForm

__all__ = [
    "ApplicationFilter",
    "AssignForm",
    "ConflictForm",
    "DecisionForm",
    "ProposalForm",
    "ReasonForm",
    "RecusalForm",
    "ReviewForm",
    "UploadForm",
    "WaveForm",
]
