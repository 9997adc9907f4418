"""Checks of the packaged template. Run by `make package-check`, which packages first.

Not collected by `make test`, because packaging downloads wheels.
"""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kit import catalogue
from infra.gateway.wrong_methods import ANY
from infra.package.__main__ import PYTHON
from tests.helpers.nonempty import nonempty
from tests.infra import gateway_routes

FUNCTIONS = {"APIHandler", "Authorize", "Effects", "Hooks", "ObjectCreated", "Park", "Relay", "Sweep", "Wake"}
COMPILED = ("_cffi_backend", "cryptography/", "msgspec/", "yaml/", "PIL/", "pikepdf/", "opencc/")
CACHE_TAG = f"cpython-{PYTHON[0]}{PYTHON[1]}"
MOST_UNZIPPED = 250 * 1024 * 1024
"""The limit of AWS Lambda for function and layers, in bytes."""
MOST_LAYER = 96 * 1024 * 1024
"""Bytes of the unpacked layer without byte code. Chalice's command line and its dependencies would add 26 MB."""
MOST_TEMPLATE = 1024 * 1024
"""The limit of CloudFormation for a template in a bucket, in bytes."""


@pytest.fixture(scope="module")
def package() -> Path:
    return Path(os.environ["PACKAGE"])


@pytest.fixture(scope="module")
def template(package: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((package / "sam.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def functions(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    resources = template["Resources"].items()
    return {name: each["Properties"] for name, each in resources if each["Type"] == "AWS::Serverless::Function"}


def cached(source: str) -> str:
    """The path of the byte code of a source file."""
    folder, _, name = source.rpartition("/")
    compiled = f"__pycache__/{name.removesuffix('.py')}.{CACHE_TAG}.pyc"
    return f"{folder}/{compiled}" if folder else compiled


def role_of(template: dict[str, Any], function: dict[str, Any]) -> dict[str, Any]:
    role: dict[str, Any] = template["Resources"][function["Role"]["Fn::GetAtt"][0]]["Properties"]
    return role


def statements(template: dict[str, Any], function: dict[str, Any]) -> list[dict[str, Any]]:
    [policy] = role_of(template, function)["Policies"]
    found: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return found


def test_there_is_one_function_for_each_entry_point(functions: dict[str, Any]) -> None:
    assert set(functions) == FUNCTIONS


def test_every_function_has_1024_mb_on_arm64(functions: dict[str, Any]) -> None:
    assert {(each["MemorySize"], *each["Architectures"]) for each in functions.values()} == {(1024, "arm64")}


def test_every_function_runs_on_the_python_that_packages(functions: dict[str, Any]) -> None:
    assert {each["Runtime"] for each in functions.values()} == {"python3.13"}


def test_every_function_has_the_shared_layer(functions: dict[str, Any]) -> None:
    assert {each["Layers"][0]["Ref"] for each in functions.values()} == {"ManagedLayer"}


def test_every_function_is_traced(functions: dict[str, Any]) -> None:
    assert {each["Tracing"] for each in functions.values()} == {"Active"}


def test_every_function_has_its_own_role(functions: dict[str, Any]) -> None:
    roles = [each["Role"]["Fn::GetAtt"][0] for each in functions.values()]
    assert len(set(roles)) == len(FUNCTIONS)


def test_the_role_that_reaches_tenants_trusts_the_functions_roles_and_no_other(
    template: dict[str, Any], functions: dict[str, Any]
) -> None:
    trust = template["Resources"]["TenantData"]["Properties"]["AssumeRolePolicyDocument"]
    [statement] = trust["Statement"]
    trusted = {arn["Fn::GetAtt"][0] for arn in statement["Principal"]["AWS"]}
    roles = {name: each["Role"]["Fn::GetAtt"][0] for name, each in functions.items()}
    assert trusted == set(roles.values()) - {roles["Authorize"], roles["Sweep"], roles["Relay"]}
    vending = template["Resources"]["VendTenants"]["Properties"]["Roles"]
    assert {each["Ref"] for each in vending} == trusted


def test_no_policy_reads_the_whole_table_or_allows_everything(
    template: dict[str, Any], functions: dict[str, Any]
) -> None:
    for function in functions.values():
        for statement in statements(template, function):
            assert "dynamodb:Scan" not in statement["Action"]
            assert not any("*" in action for action in statement["Action"])


def test_only_the_listing_of_streams_is_allowed_on_every_resource(
    template: dict[str, Any], functions: dict[str, Any]
) -> None:
    wide = [
        action
        for function in functions.values()
        for statement in statements(template, function)
        if statement["Resource"] == "*"
        for action in statement["Action"]
    ]
    assert set(wide) <= {"dynamodb:ListStreams", "xray:PutTraceSegments", "xray:PutTelemetryRecords"}


def test_the_authorizer_may_only_write_logs_and_traces(template: dict[str, Any], functions: dict[str, Any]) -> None:
    actions = {action for each in statements(template, functions["Authorize"]) for action in each["Action"]}
    assert {action.partition(":")[0] for action in actions} == {"logs", "xray"}


def test_the_relay_reads_the_stream_and_no_table(template: dict[str, Any], functions: dict[str, Any]) -> None:
    actions = {action for each in statements(template, functions["Relay"]) for action in each["Action"]}
    stream = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"}
    assert {action for action in actions if action.startswith("dynamodb:")} == stream


def test_policies_name_the_templates_own_resources(template: dict[str, Any], functions: dict[str, Any]) -> None:
    resources = [each["Resource"] for each in statements(template, functions["APIHandler"])]
    choices = [each["Fn::If"] for each in resources if "Fn::If" in each]
    assert ["TableIsRestored", {"Fn::GetAtt": ["Table", "Arn"]}] in [[when, own] for when, _, own in choices]


@pytest.mark.parametrize("event", [("Relay", "Stream"), ("Effects", "Messages"), ("Hooks", "Messages")])
def test_batches_may_fail_in_part(functions: dict[str, Any], event: tuple[str, str]) -> None:
    function, name = event
    mapping = functions[function]["Events"][name]["Properties"]
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_a_hanging_webhook_delays_one_delivery_and_uses_no_api_concurrency(functions: dict[str, Any]) -> None:
    mapping = functions["Hooks"]["Events"]["Messages"]["Properties"]
    assert mapping["Queue"] == {"Fn::GetAtt": ["HooksQueue", "Arn"]}
    assert (mapping["BatchSize"], mapping["ScalingConfig"]) == (1, {"MaximumConcurrency": 100})


def test_the_webhook_worker_may_only_read_its_queue(template: dict[str, Any], functions: dict[str, Any]) -> None:
    actions = {action for each in statements(template, functions["Hooks"]) for action in each["Action"]}
    assert {action.partition(":")[0] for action in actions} == {"logs", "sqs", "xray"}
    assert "sqs:SendMessage" not in actions


def test_the_relay_receives_only_inserted_events(functions: dict[str, Any]) -> None:
    mapping = functions["Relay"]["Events"]["Stream"]["Properties"]
    [each] = mapping["FilterCriteria"]["Filters"]
    assert json.loads(each["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "E#"}]}}},
    }
    assert mapping["BisectBatchOnFunctionError"] is True


def test_uploads_reach_their_function_by_eventbridge(functions: dict[str, Any]) -> None:
    rule = functions["ObjectCreated"]["Events"]["Evidence"]
    assert rule["Type"] == "EventBridgeRule"
    assert rule["Properties"]["Pattern"]["detail"]["bucket"]["name"] == [{"Ref": "EvidenceBucket"}]


def test_the_sweep_runs_every_minute(functions: dict[str, Any]) -> None:
    [event] = functions["Sweep"]["Events"].values()
    assert event["Properties"]["Schedule"] == "rate(1 minute)"


def test_the_api_is_regional_and_answers_with_problems(template: dict[str, Any]) -> None:
    api = template["Resources"]["RestAPI"]["Properties"]
    assert api["EndpointConfiguration"] == "REGIONAL"
    assert api["GatewayResponses"]["DEFAULT_4XX"]["StatusCode"] == 400


def test_every_path_routes_every_method_to_the_app_and_wrong_ones_without_a_token(template: dict[str, Any]) -> None:
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    assert gateway_routes.unrouted(paths) == []
    assert set(gateway_routes.securities(paths, ANY).values()) == {None}
    assert gateway_routes.securities(paths, "head") == gateway_routes.securities(paths, "get") != {}


def test_api_gateway_may_call_the_app_for_every_method(template: dict[str, Any]) -> None:
    source = template["Resources"]["APIHandlerInvokePermission"]["Properties"]["SourceArn"]["Fn::Sub"][0]
    assert source.endswith("${RestAPIId}/*")


def test_routes_and_template_are_within_the_quotas(package: Path, template: dict[str, Any]) -> None:
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    assert len(gateway_routes.resources(paths)) < gateway_routes.MOST_RESOURCES
    assert (package / "sam.json").stat().st_size < MOST_TEMPLATE


def test_the_functions_environment_comes_from_the_template(template: dict[str, Any]) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["REDRESS_TABLE"] == {"Fn::If": ["TableIsRestored", {"Ref": "RestoredTable"}, {"Ref": "Table"}]}


def test_compiled_dependencies_are_for_arm64(package: Path) -> None:
    names = zipfile.ZipFile(package / "layer-deployment.zip").namelist()
    libraries = [name for name in names if name.endswith(".so")]
    assert all(any(part in library for library in libraries) for part in nonempty(COMPILED))
    assert [name for name in libraries if "x86_64" in name] == []


def test_the_python_that_packages_has_fts5_without_positions() -> None:
    """The search index needs it. The functions run on the same version, whose SQLite is that of the operating system:
    `segment_file` checks it again when it runs."""
    made = "CREATE VIRTUAL TABLE p USING fts5(t, content='', detail=none, columnsize=0, tokenize='ascii')"
    program = f"import sqlite3; d = sqlite3.connect(':memory:'); d.execute({made!r}); print(len(d.serialize()) > 0)"
    told = subprocess.run([os.environ["PACKAGER"], "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True"


def test_nothing_for_tests_or_development_is_deployed(package: Path) -> None:
    code = zipfile.ZipFile(package / "deployment.zip").namelist()
    layer = zipfile.ZipFile(package / "layer-deployment.zip").namelist()
    packages = {name.split("/")[4] for name in layer if name.count("/") > 4}
    assert {name.split("/")[0] for name in code} == {"app.py", "__pycache__", "chalice", "chalicelib"}
    assert not packages & {"moto", "pytest", "hypothesis", "holidays", "mypy"}
    assert not packages & {"chalice", "click", "inquirer", "pip", "setuptools", "wcwidth"}


@pytest.mark.parametrize("archive", ["deployment", "layer-deployment"])
def test_every_source_is_deployed_with_its_byte_code(package: Path, archive: str) -> None:
    names = set(zipfile.ZipFile(package / f"{archive}.zip").namelist())
    bare = [name for name in names if name.endswith(".py") and cached(name) not in names]
    assert bare == []


def test_imports_of_the_functions_compile_nothing(package: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(package / "deployment.zip").extractall(tmp_path)
    told = "import app, chalicelib.bootstrap.adapters"
    done = subprocess.run(
        [os.environ["PACKAGER"], "-vc", told], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    read = [line for line in done.stderr.splitlines() if "code object from" in line and str(tmp_path) in line]
    assert read
    assert [line for line in read if ".pyc" not in line] == []


def test_the_presets_are_deployed(package: Path) -> None:
    code = zipfile.ZipFile(package / "deployment.zip").namelist()
    assert "chalicelib/policy/presets/corporate-standard.yaml" in code


def test_the_text_catalogue_and_the_examples_are_deployed(package: Path) -> None:
    code = zipfile.ZipFile(package / "deployment.zip").namelist()
    assert {f"chalicelib/texts/{name}.json" for name in catalogue.sections()} <= set(code)
    assert [
        name for name in code if name.startswith("chalicelib") and "/texts" in name and name.endswith(".yaml")
    ] == []
    assert "chalicelib/features/filing/examples.json" in code


def test_the_layer_is_within_its_budget(package: Path) -> None:
    layer = zipfile.ZipFile(package / "layer-deployment.zip").infolist()
    sources = [each.file_size for each in layer if not each.filename.endswith(".pyc")]
    assert sum(nonempty(sources)) < MOST_LAYER


def test_the_package_is_within_the_size_limit(package: Path) -> None:
    archives = [zipfile.ZipFile(package / f"{stem}.zip") for stem in ("deployment", "layer-deployment")]
    assert sum(each.file_size for archive in archives for each in archive.infolist()) < MOST_UNZIPPED


def test_the_package_has_the_editor_of_the_text_page(package: Path) -> None:
    with zipfile.ZipFile(package / "deployment.zip") as archive:
        assert "chalicelib/web/pages/static/desk/bundled/editor.js" in archive.namelist()
