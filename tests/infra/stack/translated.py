"""The packaged template as AWS expands it, offline: Chalice's template without archives, translated by SAM."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any
from unittest.mock import patch

import yaml

from infra.local.resources.template import TEMPLATE
from infra.package.__main__ import DEFAULT_REGION, STAGE, complete
from tests.infra.test_documents import ROOT

CODE, LAYER = "deployment.zip", "layer-deployment.zip"
Template = dict[str, Any]


class _NoArchives:
    """In place of both packagers, which download wheels."""

    def __init__(self, uri: str) -> None:
        self._uri = uri

    def create_deployment_package(self, project_dir: str, python_version: str) -> str:
        return self._uri


@cache
def _packaged() -> str:
    """Imports Chalice and SAM here, as `_translated` does: they take a second, which the collection of tests spares."""
    from chalice.cli.factory import CLIFactory
    from chalice.deploy.deployer import ManagedLayerDeploymentPackager
    from chalice.package import create_app_packager

    with patch.dict(os.environ, AWS_DEFAULT_REGION=DEFAULT_REGION):
        factory = CLIFactory(str(ROOT))
        config, options = factory.create_config_obj(STAGE), factory.create_package_options()
        packager = create_app_packager(config, options, "cloudformation", "json", str(TEMPLATE))
        builder = packager._resource_builder
        steps = builder._build_stage._steps
        [at] = [at for at, step in enumerate(steps) if isinstance(step, ManagedLayerDeploymentPackager)]
        steps[at] = ManagedLayerDeploymentPackager(_NoArchives(CODE), _NoArchives(LAYER))
        template = packager._templater.generate(builder.construct_resources(config, STAGE))
        _, merge = packager._template_post_processor._processors
        merge.process(template, config, "", STAGE)
    written = yaml.load(packager._template_serializer.serialize_template(template), yaml.CSafeLoader)
    complete(written)
    return json.dumps(written)


def packaged() -> Template:
    """What `make package` writes, without archives."""
    template: Template = json.loads(_packaged())
    return template


@cache
def _translated() -> str:
    from infra.package import translate

    return json.dumps(translate.translated(packaged(), {}))


def translated() -> Template:
    """The template that CloudFormation deploys."""
    template: Template = json.loads(_translated())
    return template


def of_type(template: Template, kind: str) -> dict[str, Template]:
    return {name: each for name, each in template["Resources"].items() if each["Type"] == kind}
