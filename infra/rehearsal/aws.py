"""The emulated AWS account: its clients, and the deployment of the package."""

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
PARAMETERS = {
    "Scanner": "stand-in",
    "MailFrom": SENDER,
    "Address": "https://redress.example.com",
    "Protection": "off",
    "AccessLogs": "off",
}


@dataclass(frozen=True, slots=True)
class RehearsedAccount:
    endpoint: str

    def client(self, service: str) -> Any:
        """A client as the emulator's root user, whose signature it does not check."""
        session = boto3.session.Session("test", "test", region_name=REGION)
        return session.client(service, endpoint_url=self.endpoint)


def deploy(account: RehearsedAccount, package: Path, home: Path) -> dict[str, str]:
    """Creates the stack. Returns its outputs. Raises `RehearsalFailed` where CloudFormation fails."""
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

    def describe() -> Any:
        return formation.describe_stacks(StackName=STACK)["Stacks"][0]

    stack = steps.wait_until("the stack", describe, lambda seen: not seen["StackStatus"].endswith("IN_PROGRESS"))
    if stack["StackStatus"] != "CREATE_COMPLETE":
        raise steps.RehearsalFailed(f"the stack: {stack['StackStatus']} {stack.get('StackStatusReason', '')}")
    steps.report("the stack", f"CREATE_COMPLETE, {len(template['Resources'])} resources before SAM's own")
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    # ministack's CloudFormation does not set Object Lock.
    locked = {"ObjectLockEnabled": "Enabled"}
    s3.put_object_lock_configuration(Bucket=outputs["EvidenceBucketName"], ObjectLockConfiguration=locked)
    return outputs
