"""The policies of a deployment, from the template and Chalice's files, resolved with example names and ARNs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from infra.iam.evaluate import Document
from infra.local.resources.applier import PARAMETERS
from infra.local.resources.template import Json, load, resolve

CHALICE = Path(__file__).resolve().parents[2] / ".chalice"
ACCOUNT = "123456789012"
REGION = "eu-central-1"
FUNCTIONS = {
    "api": "ApiHandlerRole",
    "authorize": "AuthorizeRole",
    "sweep": "SweepRole",
    "wake": "WakeRole",
    "park": "ParkRole",
    "relay": "RelayRole",
    "effects": "EffectsRole",
    "hooks": "HooksRole",
    "object-created": "ObjectCreatedRole",
}
"""The name in each function's policy file (`policy-<name>.json`) → the logical id of its role in Chalice."""

_PSEUDO = {"AWS::Partition": "aws", "AWS::Region": REGION, "AWS::AccountId": ACCOUNT, "AWS::StackName": "redress"}
_ARNS = {
    "AWS::Cognito::UserPool": "arn:aws:cognito-idp:{region}:{account}:userpool/{region}_{name}",
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:{region}:{account}:table/{name}",
    "AWS::IAM::Role": "arn:aws:iam::{account}:role/{name}",
    "AWS::KMS::Key": "arn:aws:kms:{region}:{account}:key/{name}",
    "AWS::S3::Bucket": "arn:aws:s3:::{name}",
    "AWS::SES::ConfigurationSet": "arn:aws:ses:{region}:{account}:configuration-set/{name}",
    "AWS::SQS::Queue": "arn:aws:sqs:{region}:{account}:{name}",
    "AWS::SecretsManager::Secret": "arn:aws:secretsmanager:{region}:{account}:secret:{name}",
}
_REF_IS_ARN = {"AWS::SecretsManager::Secret"}


class Deployed:
    """The policy documents of each role. Implements `TemplateValues`."""

    def __init__(self) -> None:
        self._template = load()
        self._resources = self._template["Resources"]

    def ref(self, name: str) -> Json:
        if name in _PSEUDO:
            return _PSEUDO[name]
        if name in self._template["Parameters"]:
            return self._template["Parameters"][name].get("Default", PARAMETERS.get(name))
        return self.arn(name) if self._resources[name]["Type"] in _REF_IS_ARN else name

    def attribute(self, name: str, attribute: str) -> str:
        if attribute == "StreamArn":
            return self.arn(name) + "/stream/2026-11-27T00:00:00.000"
        if attribute != "Arn":
            raise KeyError(f"{name}.{attribute}")
        return self.arn(name)

    def condition(self, name: str) -> bool:
        return bool(self.resolved(self._template["Conditions"][name]))

    def arn(self, name: str) -> str:
        kind = _ARNS["AWS::IAM::Role"] if name in FUNCTIONS.values() else _ARNS[self._resources[name]["Type"]]
        return kind.format(region=REGION, account=ACCOUNT, name=name)

    def resolved(self, value: Json) -> Any:
        return resolve(value, self)

    def function(self, name: str) -> list[Document]:
        """A function's own policies: its file, and the template's policies for its role."""
        own = json.loads((CHALICE / f"policy-{name}.json").read_text("utf-8"))
        attached = [
            each["Properties"]["PolicyDocument"]
            for each in self._resources.values()
            if each["Type"] == "AWS::IAM::Policy" and {"Ref": FUNCTIONS[name]} in each["Properties"]["Roles"]
        ]
        return [self.resolved(document) for document in (own, *attached)]

    def tenant_data(self, role: str = "TenantData") -> list[Document]:
        """The policies of a role that is assumed for one tenant, by session tag."""
        return [self.resolved(each["PolicyDocument"]) for each in self._resources[role]["Properties"]["Policies"]]

    def key_policy(self) -> Document:
        document: Document = self.resolved(self._resources["Key"]["Properties"]["KeyPolicy"])
        return document

    def trust(self) -> Document:
        """The trust policy of the role `TenantData`."""
        document: Document = self.resolved(self._resources["TenantData"]["Properties"]["AssumeRolePolicyDocument"])
        return document
