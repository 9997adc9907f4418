"""P9.9 `food-drug-administration`: who gave the opinion records no answer of the complainant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.bureau import decided
from tests.clauses.organisation import Organisation


def silent(bureau: Organisation) -> str:
    number = decided(bureau)
    bureau.world.move_to(bureau.deadline(number, "silence")["due"])
    return number


def archived(bureau: Organisation) -> str:
    number = silent(bureau)
    bureau.act(number, "archivist", "archive")
    return number


@pytest.mark.parametrize(
    ("stage", "act"), [(decided, "agree"), (decided, "dispute"), (silent, "reopen"), (archived, "reopen")]
)
def test_p9_9_who_gave_the_opinion_records_no_answer_of_the_complainant(
    bureau: Organisation, stage: Callable[[Organisation], str], act: str
) -> None:
    number = stage(bureau)
    path = f"{bureau.path}/complaints/{number}/acts/{act}"
    body = {"fields": {}, "on_behalf_of": "complainant"}

    found = [
        bureau.world.call("POST", path, body, auth=bureau.auth(who)).status for who in ("officer", "information_centre")
    ]

    assert found == [403, 200]
    assert "已代您登记" in bureau.told("complainant", number)[0]
