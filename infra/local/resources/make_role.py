"""IAM roles and the policies that hang on them. moto keeps and never evaluates them: tests/isolation does."""

from __future__ import annotations

import json
from typing import Any

from infra.local.resources.made import Client, Made, Properties, local_name, nothing_left


def make_role(client: Client, name: str, properties: Properties) -> Made:
    iam, role = client("iam"), local_name(name)
    trust = json.dumps(properties.pop("AssumeRolePolicyDocument"))
    policies = properties.pop("Policies", [])
    longest = properties.pop("MaxSessionDuration", 3600)
    made = iam.create_role(
        RoleName=role,
        AssumeRolePolicyDocument=trust,
        MaxSessionDuration=longest,
        Description=properties.pop("Description", ""),
    )["Role"]
    for policy in policies:
        _put(iam, role, policy)
    nothing_left(name, properties)
    return Made(role, {"Arn": made["Arn"], "RoleId": made["RoleId"]})


def make_policy(client: Client, name: str, properties: Properties) -> Made:
    for role in properties.pop("Roles"):
        _put(client("iam"), role, properties)
    return Made(name, {"Id": name})


def _put(iam: Any, role: str, policy: Properties) -> None:
    document = json.dumps(policy["PolicyDocument"])
    iam.put_role_policy(RoleName=role, PolicyName=policy["PolicyName"], PolicyDocument=document)
