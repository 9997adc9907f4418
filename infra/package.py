"""Builds the deployment package: `python -m infra.package OUT` (`make package`).

Chalice builds its package and merges `infra/template.yaml` into it. The result is `OUT/sam.json`: JSON, because
CloudFormation does not support the YAML aliases that Chalice writes. `infra.wrong_methods` completes the routes, and
`infra.precompile` adds byte code to the archives.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from infra.local.resources.template import TEMPLATE
from infra.precompile import RUNTIME, precompile
from infra.wrong_methods import forward_wrong_methods

STAGE = "prod"
ARCHIVES = ("deployment.zip", "layer-deployment.zip")
DEFAULT_REGION = "eu-central-1"
"""Only the partition of principals depends on it. All other names are resolved at deployment."""


def main(out: Path) -> int:
    region = os.environ.get("AWS_DEFAULT_REGION", DEFAULT_REGION)
    chalice = str(Path(sys.executable).with_name("chalice"))
    done = subprocess.run(  # noqa: S603 our own program and arguments
        [chalice, "package", "--stage", STAGE, "--merge-template", str(TEMPLATE), str(out)],
        env={**os.environ, "AWS_DEFAULT_REGION": region},
        check=False,
    )
    if done.returncode:
        return done.returncode
    merged = out / "sam.yaml"
    template = yaml.safe_load(merged.read_text("utf-8"))
    forward_wrong_methods(template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"])
    (out / "sam.json").write_text(json.dumps(template, indent=1), "utf-8")
    merged.unlink()
    if runtimes(template) == {RUNTIME}:
        for archive in ARCHIVES:
            precompile(out / archive)
    return 0


def runtimes(template: Mapping[str, Any]) -> set[str]:
    """The Lambda functions' runtimes, such as `python3.13`."""
    resources = template["Resources"].values()
    return {each["Properties"]["Runtime"] for each in resources if each["Type"] == "AWS::Serverless::Function"}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
