"""The work of a procedure, stage by stage, by which a walk brings a complaint from any stage to the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.clauses.organisation import Organisation
from tests.clauses.silent_parties import StandsStill
from tests.clauses.walks.archive import is_archived

Step = tuple[str, str, Mapping[str, Any]]
"""The person, the act and its fields."""
Work = Mapping[str, Sequence[Step]]
"""The steps of each stage. Those that are not open to their person are left out."""


def to_the_archive(organisation: Organisation, number: str, work: Work) -> None:
    """Does the work until the complaint is archived. Raises `StandsStill` at a stage in which no step is open."""
    while (stage := organisation.complaint(number)["stage"]) in work:
        done = [step for step in work[stage] if done_if_open(organisation, number, step)]
        if not done:
            raise StandsStill(f"{number} stands in {stage}")
    (archivist, act, _), *_ = work["closed"]
    assert act == "archive"
    assert is_archived(organisation, number, archivist)


def done_if_open(organisation: Organisation, number: str, step: Step) -> bool:
    who, act, fields = step
    is_open = act in organisation.complaint(number, who)["acts"]
    if is_open:
        organisation.act(number, who, act, **fields)
    return is_open
