"""A restored table takes the place of the stack's own everywhere, and nothing changes without one."""

from __future__ import annotations

import json
import re
from typing import Any

from infra.local.resources.template import load
from infra.package.restored_table import offer_restored_table
from tests.helpers.nonempty import nonempty
from tests.infra.stack.translated import packaged, translated

ARN = "arn:aws:dynamodb:eu-central-1:123456789012:table/redress-restored"
STREAM = f"{ARN}/stream/2026-11-26T10:00:00.000"
PARAMETERS = {"RestoredTable": "redress-restored", "RestoredTableStream": STREAM}
PSEUDO = {"AWS::Partition": "aws", "AWS::Region": "eu-central-1", "AWS::AccountId": "123456789012"}


def resolved(value: Any, *, restored: bool) -> Any:
    """The template with its choices made, and the restored table's names put in."""
    if isinstance(value, list):
        return [resolved(one, restored=restored) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("Fn::If", [""])[0] == "TableIsRestored":
        return resolved(value["Fn::If"][1 if restored else 2], restored=restored)
    if value.get("Ref") in PARAMETERS and restored:
        return PARAMETERS[value["Ref"]]
    made = {key: resolved(one, restored=restored) for key, one in value.items()}
    text = made.get("Fn::Sub")
    if isinstance(text, str) and "${RestoredTable}" in text:
        return re.sub(r"\$\{([\w:]+)\}", lambda found: {**PSEUDO, **PARAMETERS}[found[1]], text)
    return made


def without_table(template: dict[str, Any], *, restored: bool) -> str:
    """All other resources, the globals and the outputs."""
    kept = {name: one for name, one in template["Resources"].items() if name != "Table"}
    return json.dumps(resolved([kept, template.get("Globals"), template["Outputs"]], restored=restored))


def test_with_a_restored_table_nothing_refers_to_the_stacks_own() -> None:
    for template in (packaged(), translated()):
        text = without_table(template, restored=True)
        assert [one for one in ('"Table"', '"Table.', "${Table") if one in text] == []
        assert text.count(STREAM) == 2, "the relay's source, and its policy"
        assert text.count('"redress-restored"') >= 10
        assert f'"{ARN}"' in text


def test_without_one_every_reference_is_as_the_template_has_it() -> None:
    plain = json.loads(json.dumps(load()))
    chosen = json.loads(json.dumps(plain))
    offer_restored_table(chosen)
    for name, resource in nonempty(plain["Resources"].items()):
        assert with_own_names(resolved(chosen["Resources"][name], restored=False)) == with_own_names(resource), name


def with_own_names(value: Any) -> Any:
    """A substitution with variables for the table as the one that names the table itself."""
    if isinstance(value, list):
        return [with_own_names(one) for one in value]
    if not isinstance(value, dict):
        return value
    text = value.get("Fn::Sub")
    if isinstance(text, list):
        names = {"UsedTable": "Table", "UsedArn": "Table.Arn"}
        for new, old in names.items():
            text = [text[0].replace(f"${{{new}}}", f"${{{old}}}"), {k: v for k, v in text[1].items() if k != new}]
        return {"Fn::Sub": with_own_names(text) if text[1] else text[0]}
    return {key: with_own_names(one) for key, one in value.items()}


def test_the_stacks_own_table_stays_as_it_is() -> None:
    assert packaged()["Resources"]["Table"] == load()["Resources"]["Table"]


def test_the_functions_the_stream_and_every_policy_have_the_choice() -> None:
    text = json.dumps(packaged())
    assert '{"Ref": "RestoredTableStream"}' in text
    roles = [one for one in packaged()["Resources"].values() if one["Type"] == "AWS::IAM::Role"]
    using = [json.dumps(one) for one in roles if "RestoredTable" in json.dumps(one)]
    assert len(using) > 6
