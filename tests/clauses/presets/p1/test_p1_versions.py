"""P1.9: the office amends the policy by publishing a version. Complaints keep theirs unless they are switched."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer


@pytest.fixture
def platform() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "platform")


def ask(platform: Organisation, path: str, body: Any, who: str = "owner") -> Answer:
    return platform.world.call("POST", platform.path + path, body, auth=platform.auth(who))


def amended(platform: Organisation) -> str:
    """The policy with twelve hours for screening instead of twenty-four."""
    policy = platform.get("/policy", "owner")["policy"]
    policy["clocks"]["screening"]["within"] = "12 hours"
    policy.pop("examples", None)
    answer = ask(platform, "/policy/publish", {"policy": policy})
    assert answer.status == 201, answer.text
    return str(answer.json["version"])


def screening(platform: Organisation, number: str) -> tuple[str, str]:
    deadline = platform.deadline(number, "screening")
    return platform.local(deadline["due"]), deadline["because"]["policy"]


def test_p1_9_a_new_version_is_effective_on_publication(platform: Organisation) -> None:
    version = amended(platform)

    assert screening(platform, platform.file()) == ("2026-11-27T21:00:00+08:00", version)


def test_p1_9_a_complaint_keeps_the_version_that_it_was_filed_under(platform: Organisation) -> None:
    number = platform.file()
    amended(platform)

    assert screening(platform, number) == ("2026-11-28T09:00:00+08:00", "1")


def test_p1_9_switching_a_complaint_is_on_record(platform: Organisation) -> None:
    number = platform.file()
    version = amended(platform)

    assert ask(platform, f"/complaints/{number}/acts/switch", {"fields": {}}).status == 200

    assert screening(platform, number) == ("2026-11-27T21:00:00+08:00", version)
    (event,) = platform.events(number, type_="switched")
    assert (event["fields"]["from"], event["fields"]["to"], event["actor"]["kind"]) == ("1", version, "owner")


def test_p1_9_only_the_office_amends(platform: Organisation) -> None:
    policy = platform.get("/policy", "owner")["policy"]

    assert ask(platform, "/policy/publish", {"policy": policy}, "screener").status == 403
