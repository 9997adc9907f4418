"""CloudFormation intrinsics, and properties of the template that no emulator checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields

from app import app
from chalicelib.kit.settings import Settings, variable
from infra.gateway import gateway_responses
from infra.local.resources.template import NO_VALUE, load, resolve


class Facts:
    """One parameter, one resource, two conditions."""

    def ref(self, name: str) -> Any:
        return {"Region": "eu-central-1", "AWS::NoValue": NO_VALUE}[name]

    def attribute(self, name: str, attribute: str) -> str:
        return {("Table", "Arn"): "arn:table"}[name, attribute]

    def condition(self, name: str) -> bool:
        return {"Heard": True, "Unheard": False}[name]


def read(tmp_path: Path, text: str) -> Any:
    (tmp_path / "template.yaml").write_text(text, "utf-8")
    return resolve(load(tmp_path / "template.yaml"), Facts())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: !Ref Region", "eu-central-1"),
        ("a: !GetAtt Table.Arn", "arn:table"),
        (
            'a: !Sub "${Table.Arn}/index/* in ${Region}, ${!Literally}"',
            "arn:table/index/* in eu-central-1, ${Literally}",
        ),
        ("a: !If [Heard, 1, 2]", 1),
        ("a: !If [Unheard, 1, !Ref Region]", "eu-central-1"),
        ("a: [1, !Ref AWS::NoValue]", [1]),
        ("a: {b: !Ref AWS::NoValue, c: 1}", {"c": 1}),
        ("a: !Not [!Equals [!Ref Region, x]]", True),
    ],
)
def test_intrinsics_are_evaluated(tmp_path: Path, text: str, value: Any) -> None:
    assert read(tmp_path, text) == {"a": value}


def test_an_unknown_intrinsic_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Fn::ImportValue"):
        read(tmp_path, "a: !ImportValue x")


def test_the_functions_environment_matches_the_settings() -> None:
    variables = load()["Globals"]["Function"]["Environment"]["Variables"]
    needed = {variable(field.name) for field in fields(Settings)} - {"AWS_REGION"}
    assert {name for name in variables if name.startswith("REDRESS_")} == needed


def test_the_gateways_own_responses_are_problems_of_package_http() -> None:
    declared = load()["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]
    assert declared == gateway_responses.gateway_responses()


def test_all_routes_are_throttled_and_costly_ones_at_a_lower_rate() -> None:
    settings = load()["Resources"]["RestAPI"]["Properties"]["MethodSettings"]
    walls = {(each["HttpMethod"], each["ResourcePath"]) for each in settings}
    costly = {
        (method, "/" + one.path.replace("/", "~1"))
        for one in app.contracts
        if one.weight > 1
        for method in one.served_methods
    }
    assert walls == {("*", "/*")} | costly | _previews()


def test_each_preview_has_a_lower_rate_than_the_stage() -> None:
    """Their cost is bounded, but a document determines it, and some ask for no sign-in."""
    template = load()
    settings = {
        (each["HttpMethod"], each["ResourcePath"]): each
        for each in template["Resources"]["RestAPI"]["Properties"]["MethodSettings"]
    }
    rate, burst = (template["Parameters"][name]["Default"] for name in ("RequestsASecond", "RequestsAtOnce"))

    assert len(_previews()) == 3
    for preview in _previews():
        assert settings[preview]["ThrottlingRateLimit"] <= rate // 10
        assert settings[preview]["ThrottlingBurstLimit"] <= burst // 10


def _previews() -> set[tuple[str, str]]:
    """The routes that compute with a document and store nothing."""
    return {
        (method, "/" + one.path.replace("/", "~1"))
        for one in app.contracts
        if "/preview/" in one.path or one.path.endswith("/policy/check")
        for method in one.served_methods
    }


def test_no_resource_has_the_name_that_sam_gives_an_event() -> None:
    """SAM names the mapping or rule of an event after function and event, and refuses duplicate names."""
    resources = load()["Resources"]
    named = {
        f"{name}{event}" for name, each in resources.items() for event in each.get("Properties", {}).get("Events", {})
    }
    assert named.isdisjoint(resources)
