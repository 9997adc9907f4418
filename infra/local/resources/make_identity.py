"""Cognito user pools and clients, KMS keys and secrets."""

from __future__ import annotations

import json

from infra.local.resources.made import Client, Made, Properties, local_name, nothing_left


def make_user_pool(client: Client, name: str, properties: Properties) -> Made:
    """Cognito's calls have CloudFormation's property names; boto3 refuses those that it does not know."""
    pool = client("cognito-idp").create_user_pool(PoolName=local_name(name), **properties)["UserPool"]
    return Made(pool["Id"], {"Arn": pool["Arn"], "UserPoolId": pool["Id"]})


def make_user_pool_client(client: Client, name: str, properties: Properties) -> Made:
    made = client("cognito-idp").create_user_pool_client(ClientName=local_name(name), **properties)
    identifier = made["UserPoolClient"]["ClientId"]
    return Made(identifier, {"ClientId": identifier})


def make_key(client: Client, name: str, properties: Properties) -> Made:
    kms = client("kms")
    policy = json.dumps(properties.pop("KeyPolicy"))
    spec, usage = properties.pop("KeySpec", "SYMMETRIC_DEFAULT"), properties.pop("KeyUsage", "ENCRYPT_DECRYPT")
    description = properties.pop("Description", "")
    key = kms.create_key(Description=description, Policy=policy, KeySpec=spec, KeyUsage=usage)["KeyMetadata"]
    if properties.pop("EnableKeyRotation", False):
        kms.enable_key_rotation(KeyId=key["KeyId"])
    nothing_left(name, properties)
    return Made(key["KeyId"], {"Arn": key["Arn"], "KeyId": key["KeyId"]})


def make_secret(client: Client, name: str, properties: Properties) -> Made:
    secrets = client("secretsmanager")
    wanted = properties.pop("GenerateSecretString")
    value = json.loads(wanted.pop("SecretStringTemplate"))
    place = wanted.pop("GenerateStringKey")
    value[place] = secrets.get_random_password(**wanted)["RandomPassword"]
    made = secrets.create_secret(
        Name=local_name(name), Description=properties.pop("Description", ""), SecretString=json.dumps(value)
    )
    nothing_left(name, properties)
    return Made(made["ARN"], {"Id": made["ARN"]})
