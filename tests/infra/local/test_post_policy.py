"""POST policies: which forms S3 accepts and refuses (AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy)."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.config import Config

from infra.local.s3.post_policy import PostedForm, S3Refusal, check_form, signature

NOW = datetime.now(UTC)
BUCKET = "evidence"
KEY = "t/acme/202611-000001/photo"
DATA = b"\x89PNG a photograph \r\n"
SECRETS = {"AKLOCAL": "local-secret"}


def digest(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


@pytest.fixture(scope="module")
def ticket() -> dict[str, str]:
    """The form fields that botocore presigns for package `evidence`."""
    session = boto3.session.Session("AKLOCAL", SECRETS["AKLOCAL"], region_name="eu-central-1")
    s3 = session.client("s3", config=Config(signature_version="s3v4"))
    fields: Any = {"Content-Type": "image/png", "x-amz-checksum-sha256": digest(DATA)}
    conditions = [*({name: value} for name, value in fields.items()), ["content-length-range", len(DATA), len(DATA)]]
    posted = s3.generate_presigned_post(BUCKET, KEY, Fields=fields, Conditions=conditions, ExpiresIn=300)
    return {name.lower(): value for name, value in posted["fields"].items()}


@pytest.fixture
def form(ticket: dict[str, str]) -> PostedForm:
    return PostedForm(BUCKET, ticket, DATA)


def refusal(form: PostedForm, now: datetime = NOW) -> tuple[str, int]:
    with pytest.raises(S3Refusal) as caught:
        check_form(form, now, SECRETS.get)
    return caught.value.code, caught.value.status


def with_fields(form: PostedForm, **changed: str) -> PostedForm:
    return replace(form, fields={**form.fields, **{name.replace("_", "-"): value for name, value in changed.items()}})


def without(form: PostedForm, name: str) -> PostedForm:
    return replace(form, fields={key: value for key, value in form.fields.items() if key != name})


def signed(form: PostedForm, conditions: list[Any], expiration: str = "2099-01-01T00:00:00Z") -> PostedForm:
    """The same form with another policy and a valid signature."""
    policy = base64.b64encode(json.dumps({"expiration": expiration, "conditions": conditions}).encode()).decode()
    scope = form.fields["x-amz-credential"].split("/")[1:]
    return with_fields(form, policy=policy, x_amz_signature=signature(policy, SECRETS["AKLOCAL"], scope))


def test_a_form_presigned_by_botocore_is_accepted(form: PostedForm) -> None:
    check_form(form, NOW, SECRETS.get)


def test_one_byte_too_many_is_refused(form: PostedForm) -> None:
    assert refusal(replace(form, data=DATA + b"!")) == ("EntityTooLarge", 400)


def test_one_byte_too_few_is_refused(form: PostedForm) -> None:
    assert refusal(replace(form, data=DATA[:-1])) == ("EntityTooSmall", 400)


def test_another_type_is_refused(form: PostedForm) -> None:
    assert refusal(with_fields(form, content_type="text/html")) == ("AccessDenied", 403)


def test_another_key_is_refused(form: PostedForm) -> None:
    assert refusal(with_fields(form, key="t/other/photo")) == ("AccessDenied", 403)


def test_another_bucket_is_refused(form: PostedForm) -> None:
    assert refusal(replace(form, bucket="elsewhere")) == ("AccessDenied", 403)


def test_other_bytes_of_the_same_size_are_refused(form: PostedForm) -> None:
    assert refusal(replace(form, data=DATA[::-1])) == ("BadDigest", 400)


def test_another_checksum_than_the_policy_names_is_refused(form: PostedForm) -> None:
    other = DATA[::-1]
    changed = with_fields(replace(form, data=other), x_amz_checksum_sha256=digest(other))
    assert refusal(changed) == ("AccessDenied", 403)


def test_an_expired_ticket_is_refused(form: PostedForm) -> None:
    assert refusal(form, datetime.now(UTC) + timedelta(hours=1)) == ("AccessDenied", 403)


def test_a_forged_signature_is_refused(form: PostedForm) -> None:
    assert refusal(with_fields(form, x_amz_signature="0" * 64)) == ("SignatureDoesNotMatch", 403)


def test_a_policy_that_was_changed_after_signing_is_refused(form: PostedForm) -> None:
    policy = json.loads(base64.b64decode(form.fields["policy"]))
    policy["expiration"] = "2099-01-01T00:00:00Z"
    changed = base64.b64encode(json.dumps(policy).encode()).decode()
    assert refusal(with_fields(form, policy=changed)) == ("SignatureDoesNotMatch", 403)


def test_an_unknown_access_key_is_refused(form: PostedForm) -> None:
    credential = form.fields["x-amz-credential"].replace("AKLOCAL", "AKOTHER")
    assert refusal(with_fields(form, x_amz_credential=credential)) == ("InvalidAccessKeyId", 403)


@pytest.mark.parametrize("name", ["key", "policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date"])
def test_a_missing_field_is_refused(form: PostedForm, name: str) -> None:
    assert refusal(without(form, name)) == ("InvalidArgument", 400)


def test_a_missing_field_that_the_policy_names_is_refused(form: PostedForm) -> None:
    assert refusal(without(form, "content-type")) == ("AccessDenied", 403)


def test_a_field_that_the_policy_does_not_name_is_refused(form: PostedForm) -> None:
    assert refusal(with_fields(form, acl="public-read")) == ("AccessDenied", 403)


def test_an_x_ignore_field_is_ignored(form: PostedForm) -> None:
    check_form(with_fields(form, x_ignore_note="anything"), NOW, SECRETS.get)


def names_of(form: PostedForm) -> list[Any]:
    return [["starts-with", f"${name}", ""] for name in form.fields]


def test_starts_with_accepts_only_values_with_the_prefix(form: PostedForm) -> None:
    check_form(signed(form, [*names_of(form), ["starts-with", "$key", "t/acme/"]]), NOW, SECRETS.get)
    assert refusal(signed(form, [*names_of(form), ["starts-with", "$key", "t/other/"]])) == ("AccessDenied", 403)


def test_eq_accepts_only_the_exact_value(form: PostedForm) -> None:
    check_form(signed(form, [*names_of(form), ["eq", "$Content-Type", "image/png"]]), NOW, SECRETS.get)
    assert refusal(signed(form, [*names_of(form), ["eq", "$Content-Type", "image/gif"]])) == ("AccessDenied", 403)


def test_an_unknown_condition_is_refused(form: PostedForm) -> None:
    assert refusal(signed(form, [*names_of(form), ["ends-with", "$key", "o"]])) == ("InvalidPolicyDocument", 400)


def test_an_invalid_expiration_is_refused(form: PostedForm) -> None:
    assert refusal(signed(form, names_of(form), expiration="tomorrow")) == ("InvalidPolicyDocument", 400)
