"""Ask: projects by who looks, readings, decisions, public pages. One noun per file."""

from projects.queries.decision import decision_told, projects_to_decide
from projects.queries.listing import PROJECTS
from projects.queries.page import (
    brochure_of,
    brochures_offered,
    catalogue_choices,
    pages_filtered,
    pages_of_brochure,
    public_pages_listed,
    public_pages_visible,
)
from projects.queries.project import (
    draft_projects,
    editors_of,
    funnel,
    invitations_of,
    lead_of,
    positions_of,
    project_for_staff,
    projects_led_by,
    projects_listed,
    projects_to_publish,
    projects_visible_to,
    published_projects,
)
from projects.queries.reading import (
    projects_being_read,
    readers_to_choose,
    reading_board,
    readings_of,
    reviews_of,
)
