"""How many people a project asks for."""

from collections.abc import Sequence


def seats_refusal(seats: Sequence[int], *, team_min: int, team_max: int) -> str | None:
    """Why the positions do not make a team (règlement EIG6: two or three people), or None when they do."""
    total = sum(seats)
    if team_min <= total <= team_max:
        return None
    wanted = f"{team_min} à {team_max}" if team_min != team_max else f"{team_min}"
    return f"Les profils totalisent {total} place{'s' if total > 1 else ''} ; une équipe en compte {wanted}."
