"""The deployments of a stack, in the bucket: what `make rollback` goes back to."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from infra.deploy.operator import DeploymentStopped

MOST = 20
"""Deployments that are remembered. Their archives stay in the bucket."""


class Deployment(NamedTuple):
    at: str
    """UTC."""
    template: str
    """Key of the template in the bucket."""
    parameters: dict[str, str]


class DeploymentHistory(NamedTuple):
    """One JSON object, the newest deployment last."""

    s3: Any
    bucket: str
    key: str

    def read(self) -> list[Deployment]:
        from botocore.exceptions import ClientError

        try:
            body = self.s3.get_object(Bucket=self.bucket, Key=self.key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return []
            raise
        return [Deployment(**each) for each in json.loads(body)]

    def add(self, deployment: Deployment) -> None:
        kept = [each._asdict() for each in (*self.read(), deployment)][-MOST:]
        self.s3.put_object(Bucket=self.bucket, Key=self.key, Body=json.dumps(kept, indent=1).encode())

    def previous(self) -> Deployment:
        """The deployment before the newest. Raises `DeploymentStopped` if there is none."""
        found = self.read()
        if len(found) < 2:
            raise DeploymentStopped("no earlier deployment is known: this stack was deployed once, or by other means")
        return found[-2]
