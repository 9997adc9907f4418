"""Creates Cognito user pools, IAM roles and policies, KMS keys and secrets.

moto stores IAM policies and does not evaluate them: `infra/iam` does.
"""

from __future__ import annotations

import json
from typing import Any

from infra.local.resources.resource import Client, Properties, Resource, local_name, require_all_used


def make_user_pool(client: Client, name: str, properties: Properties) -> Resource:
    """Cognito's API uses CloudFormation's property names, except for MFA. boto3 refuses unknown ones."""
    cognito, mfa, factors = client("cognito-idp"), properties.pop("MfaConfiguration"), properties.pop("EnabledMfas", [])
    pool = cognito.create_user_pool(PoolName=local_name(name), **properties)["UserPool"]
    if mfa != "OFF":
        totp = {"Enabled": "SOFTWARE_TOKEN_MFA" in factors}
        cognito.set_user_pool_mfa_config(
            UserPoolId=pool["Id"], SoftwareTokenMfaConfiguration=totp, MfaConfiguration=mfa
        )
    return Resource(pool["Id"], {"Arn": pool["Arn"], "UserPoolId": pool["Id"]})


def make_user_pool_client(client: Client, name: str, properties: Properties) -> Resource:
    made = client("cognito-idp").create_user_pool_client(ClientName=local_name(name), **properties)
    identifier = made["UserPoolClient"]["ClientId"]
    return Resource(identifier, {"ClientId": identifier})


def make_key(client: Client, name: str, properties: Properties) -> Resource:
    kms = client("kms")
    policy = json.dumps(properties.pop("KeyPolicy"))
    spec, usage = properties.pop("KeySpec", "SYMMETRIC_DEFAULT"), properties.pop("KeyUsage", "ENCRYPT_DECRYPT")
    description = properties.pop("Description", "")
    key = kms.create_key(Description=description, Policy=policy, KeySpec=spec, KeyUsage=usage)["KeyMetadata"]
    if properties.pop("EnableKeyRotation", False):
        kms.enable_key_rotation(KeyId=key["KeyId"])
    require_all_used(name, properties)
    return Resource(key["KeyId"], {"Arn": key["Arn"], "KeyId": key["KeyId"]})


def make_secret(client: Client, name: str, properties: Properties) -> Resource:
    secrets = client("secretsmanager")
    generator = properties.pop("GenerateSecretString")
    value = json.loads(generator.pop("SecretStringTemplate"))
    member = generator.pop("GenerateStringKey")
    value[member] = secrets.get_random_password(**generator)["RandomPassword"]
    made = secrets.create_secret(
        Name=local_name(name), Description=properties.pop("Description", ""), SecretString=json.dumps(value)
    )
    require_all_used(name, properties)
    return Resource(made["ARN"], {"Id": made["ARN"]})


def make_role(client: Client, name: str, properties: Properties) -> Resource:
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
        _put_policy(iam, role, policy)
    require_all_used(name, properties)
    return Resource(role, {"Arn": made["Arn"], "RoleId": made["RoleId"]})


def make_policy(client: Client, name: str, properties: Properties) -> Resource:
    for role in properties.pop("Roles"):
        _put_policy(client("iam"), role, properties)
    return Resource(name, {"Id": name})


def _put_policy(iam: Any, role: str, policy: Properties) -> None:
    document = json.dumps(policy["PolicyDocument"])
    iam.put_role_policy(RoleName=role, PolicyName=policy["PolicyName"], PolicyDocument=document)
