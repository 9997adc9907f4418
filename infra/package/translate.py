"""What AWS makes of the packaged template (`AWS::Serverless`): `python -m infra.package.translate SAM OUT`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from infra.package.__main__ import COMPACT, DEFAULT_REGION

ANYWHERE = "s3://code/"
"""The archives' place: only `aws cloudformation package` knows the bucket."""
_ARCHIVES = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}


def translated(packaged: Mapping[str, Any], parameters: Mapping[str, str]) -> dict[str, Any]:
    """The template that CloudFormation deploys. Raises `InvalidDocumentException` where a deployment would fail."""
    template = json.loads(json.dumps(packaged))
    for each in template["Resources"].values():
        if name := _ARCHIVES.get(each["Type"]):
            each["Properties"][name] = ANYWHERE + Path(each["Properties"][name]).name
    with patch.dict(os.environ, AWS_DEFAULT_REGION=DEFAULT_REGION):
        made: dict[str, Any] = Translator({}, Parser()).translate(template, dict(parameters))
    return made


def main(packaged: Path, out: Path) -> int:
    made = translated(json.loads(packaged.read_text("utf-8")), {})
    out.write_text(json.dumps(made, separators=COMPACT), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
