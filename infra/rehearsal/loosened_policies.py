"""IAM policies as ministack can evaluate them: without the condition keys that it gives no value, nor variables.

It refuses whatever is allowed only under such. What holds tenants apart is therefore not rehearsed here; `infra/iam`
evaluates the policies as they are. Actions, resources, trust and the demand for a session tag stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

UNKNOWN = ("dynamodb:", "kms:", "s3:prefix", "ses:")
"""How the condition keys begin."""
SECRET = "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${ServerKeys}-*"  # noqa: S105
"""ministack's `Ref` of a secret is its name, where CloudFormation's is its ARN."""
TENANT = "${!aws:PrincipalTag/TenantId}"

Json = dict[str, Any]


def loosen(resource: Json) -> None:
    """In place: the policies of a role, or the document of a policy."""
    for statement in _statements(resource.get("Properties", {})):
        if statement["Effect"] == "Allow":
            _loosen(statement)


def _statements(properties: Json) -> Iterator[Json]:
    for policy in [properties, *properties.get("Policies", [])]:
        if isinstance(policy, dict) and "PolicyDocument" in policy:
            yield from policy["PolicyDocument"]["Statement"]


def _loosen(statement: Json) -> None:
    conditions = {
        operator: {key: value for key, value in keys.items() if not key.startswith(UNKNOWN)}
        for operator, keys in statement.get("Condition", {}).items()
    }
    statement["Condition"] = {operator: keys for operator, keys in conditions.items() if keys}
    statement["Resource"] = _of_any_tenant(statement["Resource"])
    if "sqs:SendMessage" in statement["Action"]:
        statement["Action"].append("sqs:SendMessageBatch")  # no action of AWS's, which asks for SendMessage
    if statement["Action"] == ["ses:SendRawEmail"]:
        statement["Resource"] = "*"  # ministack names no identity in this call
    if statement["Resource"] == {"Ref": "ServerKeys"}:
        statement["Resource"] = {"Fn::Sub": SECRET}


def _of_any_tenant(resource: Any) -> Any:
    """ministack fills no variable into a resource."""
    return json.loads(json.dumps(resource).replace(TENANT, "*"))
