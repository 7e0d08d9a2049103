"""Which problems an address may answer with, for its description."""

from qyzmet.api.problems import Problem


def problems(*statuses: int) -> dict[int, type[Problem]]:
    """These statuses, each with the one shape of a problem."""
    return dict.fromkeys(statuses, Problem)


PUBLIC = problems(422)
FILING = problems(400, 413, 415, 422, 429)
FOLLOWING = problems(404, 429)
FOLLOWING_STEP = problems(400, 404, 409, 413, 415, 422, 429)
DESK = problems(401, 403, 404, 422)
DESK_STEP = problems(400, 401, 403, 404, 409, 413, 415, 422)
