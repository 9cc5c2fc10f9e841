"""The world that the tests of the repository look at: two of everything, made by the real actions."""

from tests.repository.world import corrections, desk, front, juries, outcomes, people, prints, proposals
from tests.repository.world.building import CANARIES, World, found

__all__ = ["CANARIES", "World", "build"]


def build() -> World:
    world = found()
    proposals.add_projects(world)
    front.add_front(world)
    proposals.add_project_readings(world)
    juries.add_project_juries(world)
    juries.add_refusal_and_proposal(world)
    proposals.add_project_waves(world)
    people.add_applications(world)
    people.add_application_readings(world)
    people.add_application_waves(world)
    corrections.add_corrections(world)
    outcomes.add_rankings(world)
    outcomes.add_auditions(world)
    outcomes.add_scenarios(world)
    outcomes.add_cohort(world)
    desk.add_desk(world)
    prints.add_prints(world)
    prints.add_data_copy(world)
    return world
