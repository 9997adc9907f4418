"""The emulator as an account: its clients, and the package's stack in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from infra.rehearsal import adapted_package, steps

REGION = "eu-central-1"
SENDER = "redress@example.com"
STACK = "redress"
PARAMETERS = {"Scanner": "stand-in", "MailFrom": SENDER}


@dataclass(frozen=True, slots=True)
class Account:
    endpoint: str

    def client(self, service: str) -> Any:
        """As the emulator's root, whom it asks for no signature."""
        session = boto3.session.Session("test", "test", region_name=REGION)
        return session.client(service, endpoint_url=self.endpoint)


def deploy(account: Account, package: Path, home: Path) -> dict[str, str]:
    """The stack's outputs. Raises `Wrong` where CloudFormation does not make it."""
    s3, formation = account.client("s3"), account.client("cloudformation")
    s3.create_bucket(Bucket=adapted_package.BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.upload_file(str(package / adapted_package.CODE), adapted_package.BUCKET, adapted_package.CODE)
    s3.upload_file(str(adapted_package.build_layer(home)), adapted_package.BUCKET, adapted_package.LAYER)
    template = adapted_package.adapted_template(package, adapted_package.startup_folder(home))
    s3.put_object(Bucket=adapted_package.BUCKET, Key="template.json", Body=json.dumps(template).encode())
    account.client("ses").verify_email_identity(EmailAddress=SENDER)
    formation.create_stack(
        StackName=STACK,
        TemplateURL=f"{account.endpoint}/{adapted_package.BUCKET}/template.json",
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in PARAMETERS.items()],
    )

    def look() -> Any:
        return formation.describe_stacks(StackName=STACK)["Stacks"][0]

    stack = steps.wait_until("the stack", look, lambda seen: not seen["StackStatus"].endswith("IN_PROGRESS"))
    if stack["StackStatus"] != "CREATE_COMPLETE":
        raise steps.RehearsalFailed(f"the stack: {stack['StackStatus']} {stack.get('StackStatusReason', '')}")
    steps.report("the stack", f"CREATE_COMPLETE, {len(template['Resources'])} resources before SAM's own")
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    # ministack's CloudFormation leaves this out of the bucket.
    locked = {"ObjectLockEnabled": "Enabled"}
    s3.put_object_lock_configuration(Bucket=outputs["EvidenceBucketName"], ObjectLockConfiguration=locked)
    return outputs
