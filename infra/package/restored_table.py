"""Lets the packaged template use a restored table instead of its own: parameters `RestoredTable` and
`RestoredTableStream` (docs/operations.md, Backups).

The template and the policies refer to the resource `Table`. Packaging puts a choice in place of each reference, so a
new one cannot miss it. The resource itself stays in the stack, protected.
"""

from __future__ import annotations

from typing import Any

TABLE = "Table"
"""The resource's name."""
_CONDITION = "TableIsRestored"
_ARN = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${RestoredTable}"
_CHOICES: dict[str, Any] = {
    "Name": {"Fn::If": [_CONDITION, {"Ref": "RestoredTable"}, {"Ref": TABLE}]},
    "Arn": {"Fn::If": [_CONDITION, {"Fn::Sub": _ARN}, {"Fn::GetAtt": [TABLE, "Arn"]}]},
    "StreamArn": {"Fn::If": [_CONDITION, {"Ref": "RestoredTableStream"}, {"Fn::GetAtt": [TABLE, "StreamArn"]}]},
}
_NAMED = {"${Table}": ("${UsedTable}", "UsedTable", "Name"), "${Table.Arn}": ("${UsedArn}", "UsedArn", "Arn")}
"""In the text of a `Fn::Sub`: what takes the place of a reference, the variable, and its choice."""


def offer_restored_table(template: dict[str, Any]) -> None:
    """Changes each reference to the table's resource. The output `TableName` has the choice in the template."""
    if "Globals" in template:
        template["Globals"] = _chosen(template["Globals"])
    for name, resource in template["Resources"].items():
        if name != TABLE:
            template["Resources"][name] = _chosen(resource)


def _chosen(value: Any) -> Any:
    if isinstance(value, list):
        return [_chosen(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value == {"Ref": TABLE}:
        return _CHOICES["Name"]
    match value.get("Fn::GetAtt"):
        case [name, attribute] if name == TABLE:
            return _CHOICES[attribute]
        case str(text) if text.startswith(f"{TABLE}."):
            return _CHOICES[text.removeprefix(f"{TABLE}.")]
    if "Fn::Sub" in value:
        return {"Fn::Sub": _substituted(value["Fn::Sub"])}
    return {key: _chosen(one) for key, one in value.items()}


def _substituted(given: Any) -> Any:
    text, variables = (given, {}) if isinstance(given, str) else (given[0], _chosen(given[1]))
    used = {old: choice for old, choice in _NAMED.items() if old in text}
    for old, (new, variable, choice) in used.items():
        text, variables = text.replace(old, new), {**variables, variable: _CHOICES[choice]}
    return [text, variables] if variables else text
