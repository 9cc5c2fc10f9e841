"""Keep the brochure of the call true: printed again when a date, a rule or a text changes."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.documents.printing import ask_print
from eig.promotions.models import Promotion
from projects.documents.call import CALL_BROCHURE, call_brochure_of, call_brochure_title, is_up_to_date


@transaction.atomic
def refresh_call_brochure(promotion: Promotion, *, by: User | None, at: datetime) -> bool:
    """Ask for a new print unless the last one tells the same; True when one was asked."""
    if "projects_call" not in promotion.texts or is_up_to_date(call_brochure_of(promotion), promotion):
        return False
    ask_print(CALL_BROCHURE, subject_id=promotion.pk, title=call_brochure_title(promotion), by=by, at=at)
    return True
