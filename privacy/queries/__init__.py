"""Ask: what is kept of a person, what keeps their account, what comes to its end."""

from privacy.queries.ending import Term, lengths_of, terms
from privacy.queries.leaving import in_progress, obstacles
from privacy.queries.mine import groups_of, purposes_held
