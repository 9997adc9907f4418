"""The distribution in front of the API: what it passes on, what it keeps, and who may read its bucket."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.web.problems import PROBLEM_TYPES
from infra.deploy.distribution import UNAVAILABLE
from infra.local.resources.template import NO_VALUE, load, resolve
from tests.helpers.nonempty import nonempty
from tests.infra.stack.translated import of_type, translated

EVERY_METHOD = {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
NOTHING_KEPT = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
"""The id of AWS's policy CachingDisabled, the same in every account."""
GATEWAY_WAITS = 29
"""Seconds, at most."""
ERRORS = {400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}
"""The errors for which CloudFront has a time of its own."""


class Names:
    """References have the names of their targets as values. `given`: parameters."""

    def __init__(self, **given: str) -> None:
        declared = {name: each.get("Default", "") for name, each in load()["Parameters"].items()}
        self._parameters = {**declared, "AccessLogs": "off", **given}

    def ref(self, name: str) -> Any:
        return NO_VALUE if name == "AWS::NoValue" else self._parameters.get(name, name)

    def attribute(self, name: str, attribute: str) -> str:
        return f"{name}.{attribute}"

    def condition(self, name: str) -> bool:
        return bool(resolve(load()["Conditions"][name], self))


WITH = {
    "DomainName": "complaints.shop.example",
    "Certificate": "arn:aws:acm:eu-central-1:123456789012:certificate/1",
    "CloudFrontCertificate": "arn:aws:acm:us-east-1:123456789012:certificate/2",
}


def properties(name: str, **given: str) -> Any:
    return resolve(load()["Resources"][name]["Properties"], Names(**{**WITH, **given}))


@pytest.fixture(scope="module")
def distribution() -> Any:
    return properties("Distribution")["DistributionConfig"]


def behaviours(distribution: Any) -> dict[str, Any]:
    return {"*": distribution["DefaultCacheBehavior"]} | {
        each["PathPattern"]: each for each in distribution["CacheBehaviors"]
    }


def test_a_stack_without_a_certificate_for_it_is_as_it_was() -> None:
    """An existing deployment gets no distribution, no bucket and no secret, and its API no variable."""
    resources = load()["Resources"]
    kinds = ("AWS::CloudFront::",)
    ours = {name for name, each in resources.items() if each["Type"].startswith(kinds)}
    ours |= {"PagesBucket", "PagesBucketPolicy", "EdgeSecret"}
    assert {resources[name].get("Condition") for name in ours} == {"HasDistribution"}
    assert not Names().condition("HasDistribution")
    assert "Variables" not in resolve(resources["RestAPI"]["Properties"], Names())


def test_the_distribution_has_the_domains_name_and_certificate(distribution: Any) -> None:
    assert distribution["Aliases"] == [WITH["DomainName"]]
    assert distribution["ViewerCertificate"] == {
        "AcmCertificateArn": WITH["CloudFrontCertificate"],
        "SslSupportMethod": "sni-only",
        "MinimumProtocolVersion": "TLSv1.2_2021",
    }
    assert "WebACLId" not in distribution
    firewall = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1"
    assert properties("Distribution", CloudFrontWebAcl=firewall)["DistributionConfig"]["WebACLId"] == firewall


def test_nobody_reads_a_page_over_plain_http(distribution: Any) -> None:
    policies = {each["ViewerProtocolPolicy"] for each in behaviours(distribution).values()}
    [api] = [each for each in distribution["Origins"] if each["Id"] == "api"]
    assert policies == {"redirect-to-https"}
    assert api["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"


def test_all_but_static_files_and_the_register_passes_to_the_api_and_nothing_of_it_is_kept(distribution: Any) -> None:
    assert set(behaviours(distribution)) == {"*", "/static/*", "/v1/t/*/notices*"}
    rest = behaviours(distribution)["*"]
    assert (rest["TargetOriginId"], rest["CachePolicyId"]) == ("api", NOTHING_KEPT)
    assert set(rest["AllowedMethods"]) == EVERY_METHOD


@pytest.mark.parametrize("path", ["*", "/v1/t/*/notices*"])
def test_the_api_gets_requests_as_they_are(distribution: Any, path: str) -> None:
    """`Host` and `Authorization` come only with all headers. An operator's signature covers `Host`."""
    assert behaviours(distribution)[path]["OriginRequestPolicyId"] == "WholeRequests"
    policy = properties("WholeRequests")["OriginRequestPolicyConfig"]
    assert policy["HeadersConfig"] == {
        "HeaderBehavior": "allViewerAndWhitelistCloudFront",
        "Headers": ["CloudFront-Viewer-Address"],
    }
    assert policy["CookiesConfig"]["CookieBehavior"] == policy["QueryStringsConfig"]["QueryStringBehavior"] == "all"


def test_notices_are_kept_only_as_long_as_cache_control_says_and_apart_by_what_they_depend_on() -> None:
    policy = properties("NoticesCaching")["CachePolicyConfig"]
    depends = policy["ParametersInCacheKeyAndForwardedToOrigin"]
    assert (policy["MinTTL"], policy["DefaultTTL"]) == (0, 0)
    assert set(depends["HeadersConfig"]["Headers"]) == {"Accept", "Accept-Language", "Authorization", "Origin"}
    assert depends["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert depends["CookiesConfig"] == {"CookieBehavior": "none"}


def test_an_error_is_not_kept_for_the_next_person(distribution: Any) -> None:
    kept = {each["ErrorCode"]: each["ErrorCachingMinTTL"] for each in distribution["CustomErrorResponses"]}
    assert kept == dict.fromkeys(ERRORS, 0)


def test_what_the_api_cannot_answer_itself_is_a_page_and_all_that_it_answers_passes(distribution: Any) -> None:
    pages = {each["ErrorCode"]: each for each in distribution["CustomErrorResponses"] if "ResponsePagePath" in each}
    ours = {row.status for row in PROBLEM_TYPES.values()}
    gateways = {
        each["StatusCode"] for each in load()["Resources"]["RestAPI"]["Properties"]["GatewayResponses"].values()
    }
    assert pages.keys() == {502, 504}
    assert pages.keys().isdisjoint(ours | gateways)
    assert {(each["ResponsePagePath"], each["ResponseCode"]) for each in pages.values()} == {(UNAVAILABLE, 503)}


def test_every_answer_has_security_headers(distribution: Any) -> None:
    """They do not replace the policy of a page, which also lets it load its files."""
    headers = properties("SecurityHeaders")["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    assert {each["ResponseHeadersPolicyId"] for each in behaviours(distribution).values()} == {"SecurityHeaders"}
    assert headers["StrictTransportSecurity"] == {"AccessControlMaxAgeSec": 63072000, "Override": True}
    assert headers["ContentTypeOptions"] == {"Override": True}
    assert headers["FrameOptions"] == {"FrameOption": "DENY", "Override": True}
    policy = headers["ContentSecurityPolicy"]["ContentSecurityPolicy"].split("; ")
    assert policy == ["default-src 'none'", "style-src 'self'", "img-src data:", "frame-ancestors 'none'"]
    assert not headers["ContentSecurityPolicy"]["Override"]
    assert not headers["ReferrerPolicy"]["Override"]


def test_the_bucket_is_closed_and_only_the_distribution_reads_its_static_files(distribution: Any) -> None:
    bucket, policy = properties("PagesBucket"), properties("PagesBucketPolicy")["PolicyDocument"]
    [allowed] = [each for each in policy["Statement"] if each["Effect"] == "Allow"]
    [files] = [each for each in distribution["Origins"] if each["Id"] == "files"]
    assert set(nonempty(bucket["PublicAccessBlockConfiguration"].values())) == {True}
    assert allowed["Action"] == "s3:GetObject"
    assert allowed["Resource"] == "PagesBucket.Arn/static/*"
    assert allowed["Condition"]["StringEquals"]["aws:SourceArn"].endswith(":distribution/Distribution")
    assert files["OriginAccessControlId"] == "PagesAccess"


def test_the_distribution_and_the_api_share_a_secret_that_no_function_has_in_its_environment(distribution: Any) -> None:
    [api] = [each for each in distribution["Origins"] if each["Id"] == "api"]
    [header] = api["OriginCustomHeaders"]
    assert header == {"HeaderName": "X-Redress-Edge", "HeaderValue": "{{resolve:secretsmanager:EdgeSecret}}"}
    assert properties("RestAPI")["Variables"] == {"edge": header["HeaderValue"]}
    assert "EdgeSecret" not in json.dumps(load()["Globals"])


def test_the_distribution_waits_longer_than_api_gateway_whose_answer_says_more(distribution: Any) -> None:
    [api] = [each for each in distribution["Origins"] if each["Id"] == "api"]
    assert api["CustomOriginConfig"]["OriginReadTimeout"] > GATEWAY_WAITS


def test_the_stage_gets_the_variable_only_with_a_distribution() -> None:
    [stage] = of_type(translated(), "AWS::ApiGateway::Stage").values()
    condition, variables, otherwise = stage["Properties"]["Variables"]["Fn::If"]
    assert (condition, otherwise) == ("HasDistribution", {"Ref": "AWS::NoValue"})
    assert variables.keys() == {"edge"}


def test_the_distribution_leads_to_the_apis_own_domain_which_needs_no_default_endpoint(distribution: Any) -> None:
    """Its certificate is for the name that the distribution passes on as `Host`."""
    [api] = [each for each in distribution["Origins"] if each["Id"] == "api"]
    assert api["DomainName"] == "ApiDomain.RegionalDomainName"
    assert properties("ApiDomain")["DomainName"] == distribution["Aliases"][0]
    assert properties("RestAPI", DefaultEndpoint="off")["DisableExecuteApiEndpoint"] is True
    [rule] = load()["Rules"]["TheDistributionHasADomain"]["Assertions"]
    assert rule["Assert"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "DomainName"}, ""]}]}
