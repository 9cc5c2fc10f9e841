"""Ask: teams and their people, bulletins week by week, alumni and past promotions."""

from cohorts.queries.alumni import directory_listed, past_promotions, promotion_page
from cohorts.queries.bulletin import bulletins_of, week_reading
from cohorts.queries.member import (
    companions_of,
    members_listed,
    members_visible_to,
    teams_listed,
    teams_visible_to,
)
