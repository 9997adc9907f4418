"""The smoke test: its requests, and what it tells of a deployment that does not answer as it must."""

from __future__ import annotations

import pytest

from infra.deploy import parameters
from infra.deploy.operator import DeploymentStopped, Terminal
from infra.deploy.smoke import EXPECTED, SmokeAnswer, failures, over_http
from infra.local.app_functions import load
from infra.local.stack import run_stack
from tests.infra.conftest import START

SOUND = {(each.method, f"/{each.path}"): SmokeAnswer(each.status, b"{}") for each in EXPECTED}


def told(answers: dict[tuple[str, str], SmokeAnswer]) -> list[str]:
    return failures(lambda method, url: answers[method, url], "/")


def test_a_sound_deployment_has_no_failure() -> None:
    assert told(SOUND) == []


@pytest.mark.parametrize("each", EXPECTED, ids=lambda each: each.path)
def test_each_wrong_answer_is_told(each: object) -> None:
    assert each in EXPECTED
    [failure] = told({**SOUND, (each.method, f"/{each.path}"): SmokeAnswer(502, b"")})  # type: ignore[attr-defined]
    assert failure == f"{each.what}: {each.method} {each.path} got 502, not {each.status}"  # type: ignore[attr-defined]


def test_a_dependency_that_is_unavailable_is_told() -> None:
    body = b'{"status": "degraded", "dependencies": {"table": "available", "keys": "unavailable"}}'
    assert told({**SOUND, ("GET", "/v1/health"): SmokeAnswer(200, body)}) == ["keys is unavailable"]


def test_the_local_stack_answers_as_a_deployment_must() -> None:
    """Over HTTP, with the gateway's own responses of the template."""
    with run_stack(0, START, load) as url:
        assert failures(over_http, f"{url}/") == []


@pytest.mark.parametrize(("typed", "confirmed"), [("yes", True), ("no", False), ("", False)])
def test_only_the_word_confirms(monkeypatch: pytest.MonkeyPatch, typed: str, confirmed: bool) -> None:
    monkeypatch.setattr("builtins.input", lambda _: typed)
    assert Terminal(()).confirms("2 changes.", "yes") is confirmed


def test_a_pipeline_confirms_beforehand() -> None:
    assert Terminal(["yes"]).confirms("2 changes.", "yes")


def test_parameters_are_words_with_an_equals_sign() -> None:
    assert parameters.parsed('A=1 B="two words" C=x=y') == {"A": "1", "B": "two words", "C": "x=y"}
    with pytest.raises(DeploymentStopped, match="without '=': B"):
        parameters.parsed("A=1 B")
