"""The local stack creates the resources of the template, as the AWS APIs describe them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from moto.s3.models import s3_backends

from infra.local.emulator import emulated
from infra.local.resources.applier import ACCOUNT, SIMULATED, AppliedStack
from infra.local.resources.template import load
from tests.helpers.nonempty import nonempty


@pytest.fixture(scope="module")
def stack() -> Iterator[AppliedStack]:
    with emulated("http://127.0.0.1:9"):
        stack = AppliedStack()
        stack.apply()
        yield stack


@pytest.fixture(scope="module")
def table(stack: AppliedStack) -> dict[str, Any]:
    described: dict[str, Any] = stack.client("dynamodb").describe_table(TableName=stack.ref("Table"))["Table"]
    return described


@pytest.fixture(scope="module")
def wanted() -> dict[str, Any]:
    return {name: resource.get("Properties", {}) for name, resource in load()["Resources"].items()}


def test_table_has_the_templates_key_and_attributes(table: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert table["KeySchema"] == wanted["Table"]["KeySchema"]
    assert table["AttributeDefinitions"] == wanted["Table"]["AttributeDefinitions"]


def test_table_has_the_templates_two_indexes(table: dict[str, Any], wanted: dict[str, Any]) -> None:
    names = ("IndexName", "KeySchema", "Projection")
    made = [{name: index[name] for name in names} for index in table["GlobalSecondaryIndexes"]]
    assert made == wanted["Table"]["GlobalSecondaryIndexes"]
    assert {index["IndexName"] for index in made} == {"due", "list"}


def test_table_streams_keys_only_and_is_encrypted_and_paid_by_request(table: dict[str, Any]) -> None:
    assert table["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
    assert table["SSEDescription"]["Status"] == "ENABLED"
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"


def test_table_expires_items_by_the_templates_attribute(stack: AppliedStack, wanted: dict[str, Any]) -> None:
    found = stack.client("dynamodb").describe_time_to_live(TableName=stack.ref("Table"))["TimeToLiveDescription"]
    assert found["AttributeName"] == wanted["Table"]["TimeToLiveSpecification"]["AttributeName"] == "expires"
    assert found["TimeToLiveStatus"] == "ENABLED"


def test_table_can_be_restored_to_a_point_in_time(stack: AppliedStack) -> None:
    found = stack.client("dynamodb").describe_continuous_backups(TableName=stack.ref("Table"))
    recovery = found["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"


def test_bucket_keeps_versions_and_can_lock(stack: AppliedStack) -> None:
    s3, bucket = stack.client("s3"), stack.ref("EvidenceBucket")
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    locked = s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]
    assert locked["ObjectLockEnabled"] == "Enabled"


def test_bucket_is_closed_to_the_public(stack: AppliedStack, wanted: dict[str, Any]) -> None:
    found = stack.client("s3").get_public_access_block(Bucket=stack.ref("EvidenceBucket"))
    assert found["PublicAccessBlockConfiguration"] == wanted["EvidenceBucket"]["PublicAccessBlockConfiguration"]
    assert set(found["PublicAccessBlockConfiguration"].values()) == {True}


def test_bucket_is_encrypted_and_owned_by_the_account(stack: AppliedStack) -> None:
    s3, bucket = stack.client("s3"), stack.ref("EvidenceBucket")
    [rule] = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    [owner] = s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert owner["ObjectOwnership"] == "BucketOwnerEnforced"


def test_bucket_refuses_requests_without_tls(stack: AppliedStack, wanted: dict[str, Any]) -> None:
    policy = json.loads(stack.client("s3").get_bucket_policy(Bucket=stack.ref("EvidenceBucket"))["Policy"])
    assert policy == stack.properties("EvidenceBucketPolicy")["PolicyDocument"]
    [statement] = policy["Statement"]
    assert (statement["Effect"], statement["Action"], statement["Principal"]) == ("Deny", "s3:*", "*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_bucket_accepts_posts_from_the_allowed_origin(stack: AppliedStack) -> None:
    [rule] = stack.client("s3").get_bucket_cors(Bucket=stack.ref("EvidenceBucket"))["CORSRules"]
    assert rule["AllowedMethods"] == ["POST", "PUT", "GET"]
    assert rule["ExposeHeaders"] == ["ETag"]
    assert rule["AllowedOrigins"] == [stack.ref("AllowedOrigin")]


def test_bucket_drops_abandoned_uploads(stack: AppliedStack) -> None:
    found = stack.client("s3").get_bucket_lifecycle_configuration(Bucket=stack.ref("EvidenceBucket"))
    rules = {rule["ID"]: rule for rule in found["Rules"]}
    uploads, quarantine = rules["abandoned-uploads"], rules["quarantine"]
    assert (uploads["Status"], quarantine["Status"]) == ("Enabled", "Enabled")
    assert uploads["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert quarantine["Filter"]["Tag"] == {"Key": "stage", "Value": "quarantine"}
    assert quarantine["Expiration"]["Days"] == 3


def test_bucket_expires_objects_kept_for_a_week(stack: AppliedStack) -> None:
    found = stack.client("s3").get_bucket_lifecycle_configuration(Bucket=stack.ref("EvidenceBucket"))
    [rule] = [one for one in found["Rules"] if one["ID"] == "exports"]
    assert (rule["Expiration"]["Days"], rule["Filter"]["Tag"]) == (8, {"Key": "kept", "Value": "week"})


def test_bucket_removes_the_markers_that_expired_exports_leave(stack: AppliedStack) -> None:
    found = stack.client("s3").get_bucket_lifecycle_configuration(Bucket=stack.ref("EvidenceBucket"))
    [rule] = [one for one in found["Rules"] if one["ID"] == "delete-markers"]
    assert (rule["Status"], rule["Expiration"]) == ("Enabled", {"ExpiredObjectDeleteMarker": True})
    assert rule["Filter"] == {"Prefix": ""}


def test_bucket_sends_events_to_eventbridge(stack: AppliedStack) -> None:
    kept = s3_backends[ACCOUNT]["aws"].buckets[stack.ref("EvidenceBucket")]  # moto's response omits it
    assert kept.notification_configuration.event_bridge == {}


def test_effects_that_fail_five_times_go_to_the_dead_letters(stack: AppliedStack) -> None:
    found = stack.client("sqs").get_queue_attributes(QueueUrl=stack.ref("EffectsQueue"), AttributeNames=["All"])
    redrive = json.loads(found["Attributes"]["RedrivePolicy"])
    assert redrive == {"deadLetterTargetArn": stack.attribute("EffectsDeadLetters", "Arn"), "maxReceiveCount": 5}
    assert found["Attributes"]["VisibilityTimeout"] == "720"


def test_webhook_messages_that_fail_five_times_go_to_their_own_dead_letters(stack: AppliedStack) -> None:
    found = stack.client("sqs").get_queue_attributes(QueueUrl=stack.ref("HooksQueue"), AttributeNames=["All"])
    redrive = json.loads(found["Attributes"]["RedrivePolicy"])
    assert redrive == {"deadLetterTargetArn": stack.attribute("HooksDeadLetters", "Arn"), "maxReceiveCount": 5}


def test_mail_feedback_is_put_on_the_effects_queue_without_addresses(stack: AppliedStack) -> None:
    events = stack.client("events")
    for name in ("MailBounced", "MailComplained"):
        rule = stack.ref(name)
        pattern = json.loads(events.describe_rule(Name=rule)["EventPattern"])
        assert pattern["detail"]["mail"]["tags"] == {"ses:configuration-set": [stack.ref("Mails")]}
        [target] = events.list_targets_by_rule(Rule=rule)["Targets"]
        assert target["Arn"] == stack.attribute("EffectsQueue", "Arn")
        taken = set(target["InputTransformer"]["InputPathsMap"].values())
        assert taken <= {"$.detail.mail.tags", "$.detail.bounce.bounceType"}


def test_dead_letters_take_messages_from_eventbridge(stack: AppliedStack) -> None:
    found = stack.client("sqs").get_queue_attributes(QueueUrl=stack.ref("EventDeadLetters"), AttributeNames=["Policy"])
    assert json.loads(found["Attributes"]["Policy"]) == stack.properties("DeadLettersPolicy")["PolicyDocument"]


def test_the_user_pool_allows_no_self_sign_up(stack: AppliedStack, wanted: dict[str, Any]) -> None:
    pool = stack.client("cognito-idp").describe_user_pool(UserPoolId=stack.ref("UserPool"))["UserPool"]
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["UsernameAttributes"] == ["email"]
    assert pool["Policies"] == wanted["UserPool"]["Policies"]


def test_a_new_address_of_an_account_must_be_verified(stack: AppliedStack, wanted: dict[str, Any]) -> None:
    cognito, pool = stack.client("cognito-idp"), stack.ref("UserPool")
    settings = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    assert cognito.describe_user_pool(UserPoolId=pool)["UserPool"]["UserAttributeUpdateSettings"] == settings
    client = cognito.describe_user_pool_client(UserPoolId=pool, ClientId=stack.ref("UserPoolClient"))["UserPoolClient"]
    assert client["WriteAttributes"] == wanted["UserPoolClient"]["WriteAttributes"] == ["name", "locale"]


def test_the_user_pool_offers_one_time_passwords(stack: AppliedStack) -> None:
    found = stack.client("cognito-idp").get_user_pool_mfa_config(UserPoolId=stack.ref("UserPool"))
    assert found["MfaConfiguration"] == "OPTIONAL"
    assert found["SoftwareTokenMfaConfiguration"] == {"Enabled": True}


def test_people_sign_in_by_srp_only(stack: AppliedStack, wanted: dict[str, Any]) -> None:
    found = stack.client("cognito-idp").describe_user_pool_client(
        UserPoolId=stack.ref("UserPool"), ClientId=stack.ref("UserPoolClient")
    )["UserPoolClient"]
    assert found["ExplicitAuthFlows"] == wanted["UserPoolClient"]["ExplicitAuthFlows"]
    assert not any("PASSWORD" in flow for flow in found["ExplicitAuthFlows"])
    assert "ClientSecret" not in found


def test_server_keys_are_generated_in_the_expected_form(stack: AppliedStack) -> None:
    found = stack.client("secretsmanager").get_secret_value(SecretId=stack.ref("ServerKeys"))
    keys = json.loads(found["SecretString"])
    assert keys["current"] == "k1"
    assert len(keys["k1"]) == 64


def test_kms_key_rotates(stack: AppliedStack) -> None:
    kms, key = stack.client("kms"), stack.ref("Key")
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is True
    assert (
        json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"])
        == stack.properties("Key")["KeyPolicy"]
    )


def test_every_resource_type_of_the_template_is_created_or_simulated(stack: AppliedStack) -> None:
    for resource in stack.template["Resources"].values():
        if resource["Type"] in SIMULATED:
            assert SIMULATED[resource["Type"]]
    assert all(stack.ref(name) for name in nonempty(stack.created_here()))


def test_only_a_condition_excludes_a_resource_that_is_not_simulated(stack: AppliedStack) -> None:
    resources = stack.template["Resources"]
    neither = {name for name, each in resources.items() if each["Type"] not in SIMULATED} - set(stack.created_here())
    assert {resources[name].get("Condition") for name in neither} == {"CreatesLogsRole", "HasDistribution"}


def test_the_functions_environment_names_the_created_resources(stack: AppliedStack) -> None:
    environment = stack.environment()
    assert environment["REDRESS_TABLE"] == stack.ref("Table")
    assert environment["REDRESS_EFFECTS_QUEUE"] == stack.ref("EffectsQueue")
    assert environment["REDRESS_HOOKS_QUEUE"] == stack.ref("HooksQueue")


def test_an_unsupported_resource_type_is_an_error() -> None:
    with pytest.raises(ValueError, match="AWS::Kinesis::Stream"):
        AppliedStack({"Resources": {"Stream": {"Type": "AWS::Kinesis::Stream"}}}).apply()


def test_an_unsupported_property_is_an_error() -> None:
    template = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"FifoQueue": True}}}}
    with pytest.raises(ValueError, match="FifoQueue"):
        AppliedStack(template).apply()
