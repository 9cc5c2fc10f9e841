"""The independent checker of `audition` results: Hall's condition, whole rounds, exchange arguments."""

from collections.abc import Collection, Iterable, Mapping

from matching.interviews.allocation.instance import AuditionInstance, read_auditions
from matching.stable.instance import Pair
from matching.stable.proof.hall import Crew
from matching.stable.proof.rounds import Contest, Turn, fixed_point
from matching.stable.proof.verdict import Broken, Verdict, verdict_of
from matching.stable.reading import BadInput, Field


def check_auditions(raw: Mapping[str, object], result: object) -> Verdict:
    """Whether the result follows the published rules. Raises BadInput when the instance is malformed."""
    case = _Case(read_auditions(raw))
    return verdict_of(lambda: _check(case, Field(result, "result")))


def _check(case: "_Case", result: Field) -> None:
    first, fallback, second = (_round(case, result, name) for name in ("first", "fallback", "second"))
    case.check_list_round("first", given=first, held={}, seekers=case.instance.candidates)
    case.check_fallback(first=first, given=fallback)
    held = {**first, **fallback}
    seekers = held if case.instance.max_auditions > 1 else ()
    case.check_list_round("second", given=second, held=held, seekers=seekers)


def _round(case: "_Case", result: Field, name: str) -> dict[str, str]:
    try:
        given = {candidate: field.text() for candidate, field in result.get(name).members()}
    except BadInput as refusal:
        raise Broken("shape", str(refusal)) from refusal
    for candidate, project in given.items():
        if candidate not in case.instance.candidates or project not in case.instance.projects:
            raise Broken("unknown_id", f"{name}: {candidate!r} or {project!r} is not in the instance.")
    return given


def _seeker(candidate: str) -> str:
    return f"seeks {candidate}"


def _holder(candidate: str) -> str:
    return f"holds {candidate}"


class _Case:
    def __init__(self, instance: AuditionInstance) -> None:
        self.instance = instance
        self.crews = {project: Crew(instance.seats(project)) for project in instance.projects}
        self._jobs = {
            (candidate, project): crew.mask(instance.candidates[candidate].jobs)
            for project, crew in self.crews.items()
            for candidate in instance.candidates
        }

    def jobs(self, pair: Pair) -> int:
        return 0 if pair in self.instance.forbidden else self._jobs[pair]

    def contest(self, *, held: Mapping[str, str], seekers: Collection[str]) -> Contest:
        """Someone who holds an audition takes part twice, as two names: their prefixes cannot be confused."""
        lists = {_holder(candidate): [project] for candidate, project in held.items()}
        for candidate in seekers:
            ranked = dict.fromkeys(self.instance.candidates[candidate].ranks)
            lists[_seeker(candidate)] = [
                project
                for project in ranked
                if project in self.crews
                and self.jobs((candidate, project))
                and held.get(candidate) != project
            ]

        def jobs(name: str, project: str) -> int:
            return self.jobs((name[6:], project))

        def turn(name: str, _: str) -> Turn:
            candidate = name[6:]
            holds = name == _holder(candidate)
            return int(not holds), -self.instance.dossiers[candidate], self.instance.draw[candidate]

        return Contest(lists=lists, crews=self.crews, jobs=jobs, turn=turn)

    def check_list_round(
        self, name: str, *, given: Mapping[str, str], held: Mapping[str, str], seekers: Collection[str]
    ) -> None:
        contest = self.contest(held=held, seekers=seekers)
        teams: dict[str, list[str]] = {project: [] for project in self.crews}
        for candidate, project in held.items():
            teams[project].append(_holder(candidate))
        for candidate, project in given.items():
            if project not in contest.lists.get(_seeker(candidate), ()):
                raise Broken(f"{name}_unacceptable", f"{candidate!r} cannot be heard for {project!r} then.")
            teams[project].append(_seeker(candidate))
        for project, team in teams.items():
            if not self.crews[project].fits([contest.jobs(member, project) for member in team]):
                raise Broken(f"{name}_staffing", f"{project!r} hears more people than its places give.")
        for seeker, wishes in contest.lists.items():
            candidate = seeker[6:]
            for project in wishes if seeker == _seeker(candidate) else ():
                if given.get(candidate) == project:
                    break
                if contest.takes(project, teams[project], seeker):
                    raise Broken(
                        f"{name}_blocking_pair", f"{candidate!r} prefers {project!r}, which would hear them."
                    )
        best = fixed_point(contest, opened=self.crews).assignment()
        for candidate in self.instance.candidates:
            if (expected := best.get(_seeker(candidate))) != given.get(candidate):
                raise Broken(f"{name}_candidate_optimal", f"{candidate!r} should have {expected!r}.")

    def check_fallback(self, *, first: Mapping[str, str], given: Mapping[str, str]) -> None:
        for candidate, project in given.items():
            if candidate in first:
                raise Broken("fallback_unacceptable", f"{candidate!r} already has a first audition.")
            if not self.jobs((candidate, project)):
                raise Broken("fallback_unacceptable", f"{candidate!r} cannot be heard for {project!r}.")
        exchange = _Exchange(self, first=first, fallback=given)
        unheard = [name for name in self.instance.candidates if name not in first and name not in given]
        if exchange.free_projects(unheard):
            raise Broken("fallback_count", "One more candidate could be offered another project.")
        heard = [*first.values(), *given.values()]
        spare = {project: heard.count(project) - self.instance.wanted(project) for project in self.crews}
        movable = [candidate for candidate, project in given.items() if spare[project] > 0]
        short = sorted(project for project in exchange.free_projects(movable) if spare[project] < 0)
        if short:
            raise Broken("fallback_shortage", f"The shortage of {short[0]!r} could be less.")


class _Exchange:
    """Where people could go by displacing one another, those with a first audition inside their project only.

    A largest allocation is one from which nobody left out reaches a free seat (Berge 1957). Of these, one of
    least shortage is one where nobody heard where there is more than wanted reaches a free seat of a short
    project: the absence of a negative cycle in the flow, whose costs are all on the projects.
    """

    def __init__(self, case: _Case, *, first: Mapping[str, str], fallback: Mapping[str, str]) -> None:
        self.case = case
        self.first = first
        self.seated: dict[tuple[str, int], list[str]] = {}
        for project, crew in case.crews.items():
            team = [who for one in (first, fallback) for who, where in one.items() if where == project]
            seats = crew.seats([case.jobs((member, project)) for member in team])
            if seats is None:
                raise Broken("fallback_staffing", f"{project!r} hears more people than its places give.")
            for member, job in zip(team, seats, strict=True):
                self.seated.setdefault((project, job), []).append(member)

    def free_projects(self, people: Iterable[str]) -> set[str]:
        """The projects with a free seat that one of these people would reach."""
        free: set[str] = set()
        asked = set(people)
        queue = list(asked)
        for person in queue:
            for project, job in self._seats(person):
                holders = self.seated.get((project, job), [])
                if len(holders) < self.case.crews[project].counts[job]:
                    free.add(project)
                newcomers = [holder for holder in holders if holder not in asked]
                asked.update(newcomers)
                queue += newcomers
        return free

    def _seats(self, person: str) -> list[tuple[str, int]]:
        projects = [self.first[person]] if person in self.first else list(self.case.crews)
        return [
            (project, job)
            for project in projects
            for job in range(len(self.case.crews[project].counts))
            if self.case.jobs((person, project)) >> job & 1
        ]
