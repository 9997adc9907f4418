"""What SAM makes of the package, which is what CloudFormation deploys."""

from __future__ import annotations

from tests.infra.translated import of_type, translated
from tests.nonempty import nonempty


def test_the_api_has_one_public_stage() -> None:
    """Without `OpenApiVersion`, SAM also creates a stage `Stage`, which no throttle limits."""
    template = translated()
    stages = of_type(template, "AWS::ApiGateway::Stage").values()
    deployments = nonempty(of_type(template, "AWS::ApiGateway::Deployment").values())
    assert [each["Properties"]["StageName"] for each in stages] == ["api"]
    assert [each for each in deployments if "StageName" in each["Properties"]] == []
