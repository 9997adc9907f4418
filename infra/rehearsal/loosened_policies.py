"""Loosens IAM policies for ministack: removes condition keys and variables that it does not support.

ministack refuses requests that are allowed only under such conditions. So the rehearsal does not test the isolation of
tenants; `infra/iam` evaluates the original policies. Actions, resources, trust and the required session tag stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

UNKNOWN = ("dynamodb:", "kms:", "s3:prefix", "ses:")
"""Prefixes of unsupported condition keys."""
SECRET = "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${ServerKeys}-*"  # noqa: S105
"""In ministack, `Ref` of a secret is its name; in CloudFormation, its ARN."""
TENANT = "${!aws:PrincipalTag/TenantId}"

Json = dict[str, Any]


def loosen(resource: Json) -> None:
    """Changes the policies of a role or the document of a policy in place."""
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
    statement["Resource"] = _for_any_tenant(statement["Resource"])
    if "sqs:SendMessage" in statement["Action"]:
        statement["Action"].append("sqs:SendMessageBatch")  # not an AWS action: AWS requires SendMessage
    if statement["Action"] == ["ses:SendRawEmail"]:
        statement["Resource"] = "*"  # ministack gives this call no identity
    if statement["Resource"] == {"Ref": "ServerKeys"}:
        statement["Resource"] = {"Fn::Sub": SECRET}


def _for_any_tenant(resource: Any) -> Any:
    """Replaces the tenant variable by `*`: ministack does not resolve variables in resources."""
    return json.loads(json.dumps(resource).replace(TENANT, "*"))
