"""Listen: uploads, readings, and what the programme team types."""

from candidates.forms.assignment import ReaderForm
from candidates.forms.bulk import IneligibilityForm
from candidates.forms.duplicate import DuplicateForm
from candidates.forms.pool import PoolForm
from candidates.forms.staff import ProposalForm, ReasonForm, RecusalForm
from candidates.forms.upload import UploadForm
