"""The definitions of the `team` kind applied word for word to tiny instances: every matching is looked at.

Slow on purpose and written from the published text alone; it imports nothing of the application.
"""

from itertools import combinations, permutations, product


def people(instance):
    return [candidate["id"] for candidate in instance["candidates"]]


def projects(instance):
    return [project["id"] for project in instance["projects"]]


class Market:
    def __init__(self, instance):
        self.candidates = {candidate["id"]: candidate for candidate in instance["candidates"]}
        self.projects = {project["id"]: project for project in instance["projects"]}
        self.scores = {(who, where): score for who, where, score in instance["scores"]}
        self.forbid = {tuple(pair) for pair in instance.get("forbid", [])}
        self.pin = {tuple(pair) for pair in instance.get("pin", [])}
        self.lottery = instance["lottery"]
        self.project_lottery = instance.get("project_lottery", list(self.projects))
        self.enforce = instance.get("policy", {}).get("min_size") == "enforce"
        self.seats = {
            name: [slot["job"] for slot in project["slots"] for _ in range(slot["count"])]
            for name, project in self.projects.items()
        }

    def has_job(self, who, where):
        return bool(set(self.candidates[who]["jobs"]) & set(self.seats[where]))

    def can_staff(self, where, team):
        seats = self.seats[where]
        return len(team) <= len(seats) and any(
            all(job in self.candidates[who]["jobs"] for who, job in zip(team, order, strict=True))
            for order in permutations(seats, len(team))
        )

    def acceptable(self, who, where):
        return (
            where in self.projects
            and (who, where) in self.scores
            and (who, where) not in self.forbid
            and self.has_job(who, where)
        )

    def wishes(self, who):
        for pinned, where in self.pin:
            if pinned == who:
                return [where]
        seen = []
        for where in self.candidates[who]["ranks"]:
            if where not in seen and self.acceptable(who, where):
                seen.append(where)
        return seen

    def turn(self, who, where):
        return (who, where) not in self.pin, -self.scores.get((who, where), 0), self.lottery.index(who)

    def takes(self, where, team, who):
        if self.can_staff(where, [*team, who]):
            return True
        return any(
            self.turn(member, where) > self.turn(who, where)
            and self.can_staff(where, [who, *(other for other in team if other != member)])
            for member in team
        )

    def pins_make_sense(self):
        if len({who for who, _ in self.pin}) < len(self.pin) or self.pin & self.forbid:
            return False
        return all(self.has_job(*pair) for pair in self.pin) and all(
            self.can_staff(where, [who for who, pinned in self.pin if pinned == where])
            for where in self.projects
        )

    def teams(self, matching):
        return {where: [who for who, got in matching.items() if got == where] for where in self.projects}

    def matchings(self, opened):
        names = list(self.candidates)
        options = [[None, *(where for where in self.wishes(who) if where in opened)] for who in names]
        for choice in product(*options):
            matching = {who: where for who, where in zip(names, choice, strict=True) if where is not None}
            teams = self.teams(matching)
            if all(self.can_staff(where, team) for where, team in teams.items()):
                yield matching

    def is_stable(self, matching, opened):
        teams = self.teams(matching)
        for who in self.candidates:
            for where in self.wishes(who):
                if matching.get(who) == where:
                    break
                if where in opened and self.takes(where, teams[where], who):
                    return False
        return True

    def rank(self, who, matching):
        wishes = self.wishes(who)
        return wishes.index(matching[who]) if who in matching else len(wishes)

    def best_stable(self, opened):
        """The stable matching that everyone likes at least as much as any other, and all stable ones."""
        stable = [matching for matching in self.matchings(opened) if self.is_stable(matching, opened)]
        best = [
            matching
            for matching in stable
            if all(
                self.rank(who, matching) <= self.rank(who, other)
                for who in self.candidates
                for other in stable
            )
        ]
        assert len(best) == 1, "theory: one stable matching is best for all candidates"
        return best[0], stable

    def objective(self, opened, matching):
        ranks = [
            self.candidates[who]["ranks"].index(where)
            for who, where in matching.items()
            if where in self.candidates[who]["ranks"]
        ]
        profile = [ranks.count(rank) for rank in range(5)]
        return [len(opened), len(matching), profile, [int(where in opened) for where in self.project_lottery]]

    def solution(self):
        """(open set, matching), or None when infeasible."""
        if not self.pins_make_sense():
            return None
        if not self.enforce:
            return set(self.projects), self.best_stable(set(self.projects))[0]
        pinned = {where for _, where in self.pin}
        best = None
        for size in range(len(self.projects), -1, -1):
            for opened in map(set, combinations(self.projects, size)):
                if not pinned <= opened:
                    continue
                matching, _ = self.best_stable(opened)
                teams = self.teams(matching)
                if any(len(teams[where]) < self.projects[where].get("min_size", 0) for where in opened):
                    continue
                if best is None or self.objective(opened, matching) > self.objective(*best):
                    best = opened, matching
        return best

    def to_beat(self, where, team, jobs):
        """None: there is room; else the member of lowest priority whose departure makes room."""
        self.candidates["?"] = {"id": "?", "jobs": jobs, "ranks": []}
        try:
            if self.can_staff(where, [*team, "?"]):
                return None
            leaving = [
                member
                for member in team
                if self.can_staff(where, ["?", *(other for other in team if other != member)])
            ]
            return max(leaving, key=lambda member: self.turn(member, where))
        finally:
            del self.candidates["?"]

    def cutoffs(self, opened, matching):
        teams = self.teams(matching)
        pinned = {who for who, _ in self.pin}
        shown = {}
        for where in opened:
            shown[where] = {}
            for job in set(self.seats[where]):
                member = self.to_beat(where, teams[where], [job])
                if member is None or member in pinned:
                    shown[where][job] = member and "pinned"
                else:
                    shown[where][job] = [self.scores[member, where], self.lottery.index(member)]
        return shown

    def reason(self, who, where, opened, matching):
        ranks, pinned, got = self.candidates[who]["ranks"], {name for name, _ in self.pin}, matching.get(who)
        for code, applies in (
            ("assigned", lambda: got == where),
            ("unknown_project", lambda: where not in self.projects),
            ("forbidden", lambda: (who, where) in self.forbid),
            ("no_matching_role", lambda: not self.has_job(who, where)),
            ("no_score", lambda: (who, where) not in self.scores),
            ("pinned_elsewhere", lambda: who in pinned),
            ("not_reached", lambda: got is not None and ranks.index(where) > ranks.index(got)),
            ("project_closed", lambda: where not in opened),
        ):
            if applies():
                return code
        member = self.to_beat(where, self.teams(matching)[where], self.candidates[who]["jobs"])
        if member in pinned:
            return "filled_by_staff_decision"
        same = self.scores[member, where] == self.scores[who, where]
        return "outranked_by_lottery" if same else "outranked"
