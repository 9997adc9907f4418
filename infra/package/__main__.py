"""Builds the deployment package: `python -m infra.package OUT` (`make package`).

Chalice builds its package and merges `infra/template.yaml` into it. The result is `OUT/sam.json`: JSON, because
CloudFormation does not support the YAML aliases that Chalice writes. `infra.gateway.wrong_methods` completes the
routes, `restored_table` puts a choice in place of each reference to the table, and `precompile` adds byte code to
the archives.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from infra.gateway.wrong_methods import forward_wrong_methods, join_desk_pages
from infra.local.resources.template import TEMPLATE
from infra.package.precompile import precompile
from infra.package.restored_table import offer_restored_table

STAGE = "prod"
ARCHIVES = ("deployment.zip", "layer-deployment.zip")
PYTHON = (3, 13)
"""The Python of the functions: Chalice chooses the runtime and the wheels for the Python that packages."""
DEFAULT_REGION = "eu-central-1"
"""Only the partition of principals depends on it. All other names are resolved at deployment."""
COMPACT = (",", ":")
"""The separators of the templates. CloudFormation takes at most 1,000,000 bytes; line breaks would be a third more."""


def main(out: Path) -> int:
    if told := refusal(sys.version_info[:2]):
        print(told, file=sys.stderr)
        return 2
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
    template = yaml.load(merged.read_text("utf-8"), yaml.CSafeLoader)
    complete(template)
    (out / "sam.json").write_text(json.dumps(template, separators=COMPACT), "utf-8")
    merged.unlink()
    for archive in ARCHIVES:
        precompile(out / archive)
    return 0


def complete(template: dict[str, Any]) -> None:
    """What Chalice's template lacks: one route for pages of desks, those for wrong methods, the choice of a table."""
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    join_desk_pages(paths)
    forward_wrong_methods(paths)
    offer_restored_table(template)


def refusal(running: tuple[int, int]) -> str:
    """Empty if this version of Python may package."""
    if running == PYTHON:
        return ""
    needed, found = (".".join(map(str, version)) for version in (PYTHON, running))
    return f"Packaging needs Python {needed}, on which the functions run; this is Python {found}. Use `make package`."


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
