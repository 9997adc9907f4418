"""What SAM makes of the package, which is what CloudFormation deploys."""

from __future__ import annotations

import json
import re

from tests.helpers.nonempty import nonempty
from tests.infra.stack.translated import of_type, translated


def test_the_api_has_one_public_stage() -> None:
    """Without `OpenApiVersion`, SAM also creates a stage `Stage`, which no throttle limits."""
    template = translated()
    stages = of_type(template, "AWS::ApiGateway::Stage").values()
    deployments = nonempty(of_type(template, "AWS::ApiGateway::Deployment").values())
    assert [each["Properties"]["StageName"] for each in stages] == ["api"]
    assert [each for each in deployments if "StageName" in each["Properties"]] == []


def test_only_the_functions_that_ask_the_scanner_are_in_the_vpc() -> None:
    """They exist after the permission for network interfaces, which Lambda checks when it creates them."""
    template = translated()
    functions = of_type(template, "AWS::Lambda::Function")
    inside = {name: each for name, each in functions.items() if "VpcConfig" in each["Properties"]}
    assert inside.keys() == {"Wake", "ObjectCreated"}
    for each in inside.values():
        assert each["Properties"]["VpcConfig"]["Fn::If"][0] == "InVpc"
        assert "ScannersInVpc" in each["DependsOn"]
    assert "Condition" not in template["Resources"]["ScannersInVpc"]


def test_reserved_concurrency_leaves_the_account_what_the_queues_may_use() -> None:
    """Of the default quota of 1,000, AWS keeps 100 unreserved; the functions without a reserve share the rest."""
    template = translated()
    functions = of_type(template, "AWS::Lambda::Function")
    reserved = {
        name: template["Parameters"][each["Properties"]["ReservedConcurrentExecutions"]["Ref"]]["Default"]
        for name, each in functions.items()
        if "ReservedConcurrentExecutions" in each["Properties"]
    }
    mappings = of_type(template, "AWS::Lambda::EventSourceMapping").values()
    scaled = [each["Properties"]["ScalingConfig"] for each in mappings if "ScalingConfig" in each["Properties"]]
    assert reserved.keys() == {"APIHandler", "Authorize", "Relay", "ObjectCreated"}
    assert sum(reserved.values()) + sum(each["MaximumConcurrency"] for each in scaled) + 100 <= 1000


def test_every_worker_is_bounded() -> None:
    template = translated()
    functions = of_type(template, "AWS::Lambda::Function")
    scaled = {
        each["Properties"]["FunctionName"]["Ref"]
        for each in of_type(template, "AWS::Lambda::EventSourceMapping").values()
        if "ScalingConfig" in each["Properties"]
    }
    reserved = {name for name, each in functions.items() if "ReservedConcurrentExecutions" in each["Properties"]}
    assert functions.keys() - scaled - reserved == {"Sweep"}, "one invocation a minute"


def test_the_default_endpoint_follows_its_parameter() -> None:
    body = translated()["Resources"]["RestAPI"]["Properties"]["Body"]
    extension = body["x-amazon-apigateway-endpoint-configuration"]
    assert extension["disableExecuteApiEndpoint"] == {"Fn::If": ["HasDefaultEndpoint", False, True]}


def test_the_stage_is_traced_and_measured_by_method() -> None:
    [stage] = of_type(translated(), "AWS::ApiGateway::Stage").values()
    settings = nonempty(stage["Properties"]["MethodSettings"])
    assert stage["Properties"]["TracingEnabled"] is True
    assert [each for each in settings if each.get("MetricsEnabled") is not True] == []


def test_access_logs_name_the_route_and_nothing_personal() -> None:
    [stage] = of_type(translated(), "AWS::ApiGateway::Stage").values()
    condition, setting, _ = stage["Properties"]["AccessLogSetting"]["Fn::If"]
    logged = set(json.loads(setting["Format"]).values())
    assert condition == "LogsAccess"
    assert {"$context.requestId", "$context.resourcePath", "$context.status"} <= logged
    personal = ("identity", "authorizer", "context.path", "domainName")
    assert [value for value in logged if any(each in value for each in personal)] == []


def test_the_stage_exists_after_the_role_that_writes_its_logs() -> None:
    [stage] = of_type(translated(), "AWS::ApiGateway::Stage").values()
    condition, created, _ = stage["Properties"]["AccessLogSetting"]["Fn::If"][1]["DestinationArn"]["Fn::If"]
    assert condition == "CreatesLogsRole"
    assert created == {"Fn::Select": [0, [{"Fn::GetAtt": ["ApiLogs", "Arn"]}, {"Ref": "ApiAccount"}]]}


def test_domain_and_firewall_belong_to_the_stage_that_has_the_limits() -> None:
    template = translated()
    [stage] = of_type(template, "AWS::ApiGateway::Stage")
    resources = template["Resources"]
    assert resources["ApiDomainMapping"]["Properties"]["Stage"] == {"Ref": stage}
    assert f"/stages/${{{stage}}}" in resources["ApiFirewall"]["Properties"]["ResourceArn"]["Fn::Sub"]
    assert {resources[name]["Condition"] for name in ("ApiDomain", "ApiDomainMapping")} == {"HasDomain"}


def test_the_apis_definition_stays_openapi_2() -> None:
    """What Chalice generates. `OpenApiVersion` must not let SAM convert a part of it."""
    body = translated()["Resources"]["RestAPI"]["Properties"]["Body"]
    assert (body["swagger"], "openapi" in body) == ("2.0", False)


def test_rules_use_only_functions_that_cloudformation_evaluates_in_rules() -> None:
    used = set(re.findall(r'"(Fn::\w+|Ref)"', json.dumps(translated()["Rules"])))
    assert used <= {"Fn::And", "Fn::Contains", "Fn::Equals", "Fn::Not", "Fn::Or", "Ref"}
