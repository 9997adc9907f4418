"""Each function's policy allows what the function asks AWS for while complaints are filed, missed and escalated.

moto checks no policy, so the calls are noted and compared with `.chalice/policy-*.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local import demo
from infra.local.api_client import ApiClient
from infra.local.stack import running
from tests.infra.aws_calls import Action, Recorder
from tests.infra.conftest import START

POLICIES = Path(__file__).resolve().parents[2] / ".chalice"


@pytest.fixture(scope="module")
def asked() -> Iterator[dict[str, set[Action]]]:
    recorder = Recorder()
    with running(0, START, recorder.load) as url, recorder.recording():
        client = ApiClient(url)
        agent = demo.make(client, "corporate-standard")["people"][1]
        token = client.sign_in(agent["email"], agent["password"])
        client.get("/v1/t/demo-corporate-standard/complaints", token)
        client.post("/_local/clock", {"advance": "10 days"})
        yield recorder.asked


def allowed(name: str) -> set[Action]:
    document = json.loads((POLICIES / f"policy-{name}.json").read_text("utf-8"))
    return {
        (action, _index(statement["Resource"])) for statement in document["Statement"] for action in statement["Action"]
    }


def _index(resource: object) -> str:
    """`list` of `{"Fn::Sub": "${Table.Arn}/index/list"}`; empty for what is no index."""
    text = resource.get("Fn::Sub", "") if isinstance(resource, dict) else ""
    return str(text).partition("${Table.Arn}/index/")[2]


@pytest.mark.parametrize("function", ["api", "sweep", "relay", "effects"])
def test_a_functions_policy_allows_what_it_asks_for(asked: dict[str, set[Action]], function: str) -> None:
    assert asked[function], "the walk does not reach this function"
    assert asked[function] - allowed(function) == set()


@pytest.mark.parametrize("function", ["api", "effects"])
def test_a_data_key_is_asked_for_under_a_tenants_context_only(function: str) -> None:
    document = json.loads((POLICIES / f"policy-{function}.json").read_text("utf-8"))
    (statement,) = [each for each in document["Statement"] if any("kms:" in action for action in each["Action"])]
    assert statement["Resource"] == {"Fn::GetAtt": ["Key", "Arn"]}
    assert statement["Condition"] == {
        "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["tenant"]},
        "Null": {"kms:EncryptionContext:tenant": "false"},
    }


def test_only_the_api_makes_data_keys() -> None:
    makes = {path.stem for path in POLICIES.glob("policy-*.json") if "kms:GenerateDataKey" in path.read_text("utf-8")}
    assert makes == {"policy-api"}
