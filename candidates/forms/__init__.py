"""Listen: uploads, readings, and what the programme team types."""

from candidates.forms.bulk import IneligibilityForm
from candidates.forms.duplicate import DuplicateForm
from candidates.forms.pool import PoolForm
from candidates.forms.staff import ProposalForm, ReasonForm
from candidates.forms.upload import UploadForm
