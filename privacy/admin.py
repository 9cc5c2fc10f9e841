"""What an emergency may need to be looked at here: the proofs of erasure."""

from journey.admin import Locked, site
from privacy.models import Erasure

site.register(Erasure, Locked)
