"""Do: open the cohort, tell the week, end missions, enter the directory."""

from cohorts.actions.alumni import NotAlumni, join_directory, leave_directory
from cohorts.actions.bulletin import (
    BulletinChanged,
    BulletinClosed,
    NotInMission,
    WeekOutside,
    file_bulletin,
    send_digest,
    send_digests_due,
)
from cohorts.actions.mission import (
    AlreadyBeside,
    BadDate,
    NothingToWelcome,
    add_companion,
    ask_certificate,
    complete_mission,
    complete_missions,
    leave_mission,
    remove_companion,
    welcome_teams,
)
