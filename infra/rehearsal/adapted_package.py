"""Adapts the package to ministack: the same template and code archive, with these differences.

- `CodeUri` is an S3 object, because only `aws cloudformation package` converts a path to one.
- The layer is built again from `requirements.txt` for this machine: the packaged one is for arm64.
- The functions load `cognito_redirect.py` at their start (its docstring gives the reason).
- The user pool's client also allows the administrator's flow, so that the rehearsal needs no SRP.
- IAM conditions that ministack cannot evaluate are removed (`loosened_policies.py`).
- Resources of `OMITTED_TYPES` and alarms on metric math are removed.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from infra.engines.fetch import ROOT
from infra.rehearsal import loosened_policies

HERE = Path(__file__).resolve().parent
BUCKET = "rehearsal-code"
CODE, LAYER = "deployment.zip", "layer.zip"
OMITTED_TYPES = frozenset({"AWS::GuardDuty::MalwareProtectionPlan", "AWS::S3::BucketPolicy"})
"""The bucket policy refuses plain HTTP, which is the only access to the emulator. It has no GuardDuty."""

Template = dict[str, Any]


def adapted_template(package: Path, start: Path) -> Template:
    """The adapted template. `start`: the folder with `sitecustomize.py`."""
    adapted: Template = json.loads((package / "sam.json").read_text("utf-8"))
    adapted["Globals"]["Function"]["Environment"]["Variables"]["PYTHONPATH"] = str(start)
    resources = adapted["Resources"]
    for name in [name for name, each in resources.items() if each["Type"] in OMITTED_TYPES or _is_metric_math(each)]:
        del resources[name]
    for each in resources.values():
        _adapt(each)
        if each["Type"] in ("AWS::IAM::Role", "AWS::IAM::Policy"):
            loosened_policies.loosen(each)
    return adapted


def _is_metric_math(resource: dict[str, Any]) -> bool:
    """True for an alarm on a calculation over several metrics."""
    return resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"]


def _adapt(resource: dict[str, Any]) -> None:
    properties = resource.get("Properties", {})
    if resource["Type"] == "AWS::Serverless::Function":
        properties["CodeUri"] = {"Bucket": BUCKET, "Key": CODE}
        properties["Architectures"] = [architecture()]
    if resource["Type"] == "AWS::Cognito::UserPoolClient":
        properties["ExplicitAuthFlows"].append("ALLOW_ADMIN_USER_PASSWORD_AUTH")
    if resource["Type"] == "AWS::Serverless::LayerVersion":
        properties["ContentUri"] = {"Bucket": BUCKET, "Key": LAYER}
        properties["CompatibleArchitectures"] = [architecture()]


def architecture() -> str:
    """This machine's architecture, by Lambda's name for it."""
    return "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"


def build_layer(into: Path) -> Path:
    """Builds a layer from `requirements.txt` for this machine. Returns the archive's path."""
    archive = into / LAYER
    shutil.rmtree(into / "layer", ignore_errors=True)
    pip = [str(Path(sys.executable).with_name("uv")), "pip", "install", "-q", "--require-hashes"]
    command = [*pip, "-r", str(ROOT / "requirements.txt"), "--target", str(into / "layer" / "python")]
    subprocess.run(command, check=True)  # noqa: S603 our own program and arguments
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted((into / "layer").rglob("*")):
            if "__pycache__" not in path.parts and path.is_file():
                packed.write(path, path.relative_to(into / "layer"))
    return archive


def startup_folder(into: Path) -> Path:
    """Creates the folder with `sitecustomize.py`, which Python imports first. Returns its path."""
    folder = into / "start"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "cognito_redirect.py", folder / "sitecustomize.py")
    return folder
