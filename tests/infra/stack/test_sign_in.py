"""Mails leave through Amazon SES under the stack's configuration set; people may add one-time passwords at sign-in."""

from __future__ import annotations

from typing import Any

import pytest

from infra.iam.deployed import ACCOUNT, REGION, Deployed
from infra.iam.evaluate import IamRequest, decide
from infra.local.emulator import emulated
from infra.local.resources.applier import AppliedStack


def pool(**parameters: str) -> dict[str, Any]:
    with emulated("http://127.0.0.1:9"):
        return AppliedStack(parameters=parameters).properties("UserPool")


@pytest.mark.parametrize(
    ("identity", "named"), [("", "redress@shop.example"), ("shop.example", "shop.example")], ids=["address", "domain"]
)
def test_cognitos_mails_leave_through_the_verified_identity(identity: str, named: str) -> None:
    mails = pool(MailFrom="redress@shop.example", MailIdentity=identity)["EmailConfiguration"]
    assert (mails["EmailSendingAccount"], mails["From"]) == ("DEVELOPER", "redress@shop.example")
    assert mails["SourceArn"] == f"arn:aws:ses:eu-central-1:123456789012:identity/{named}"
    assert mails["ConfigurationSet"] == "redress-local-mails"


@pytest.mark.parametrize("totp", ["OPTIONAL", "ON"])
def test_people_may_use_one_time_passwords(totp: str) -> None:
    given = pool(Totp=totp)
    assert (given["MfaConfiguration"], given["EnabledMfas"]) == (totp, ["SOFTWARE_TOKEN_MFA"])


def test_one_time_passwords_can_be_switched_off() -> None:
    given = pool(Totp="OFF")
    assert given["MfaConfiguration"] == "OFF"
    assert "EnabledMfas" not in given


def test_they_are_optional_by_default() -> None:
    assert pool()["MfaConfiguration"] == "OPTIONAL"


@pytest.mark.parametrize("function", ["api", "wake", "effects"])
def test_a_function_that_mails_may_use_the_configuration_set(function: str) -> None:
    """SES checks both: the sender's identity, and the set that the mail names."""
    deployed = Deployed()
    ses = f"arn:aws:ses:{REGION}:{ACCOUNT}"
    for resource in (f"{ses}:identity/example.com", deployed.arn("Mails")):
        request = IamRequest("ses:SendRawEmail", resource, {"ses:FromAddress": deployed.ref("MailFrom")})
        assert decide(deployed.function(function), request) == "Allowed"
        assert decide(deployed.function("sweep"), request) != "Allowed"
