"""The local stack's shortcuts to moto answer as moto does when it is called through botocore."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.ses.models import ses_backends

from chalicelib.access.binding import OwnCredentials, Unbound, sign_with
from infra.local.direct import direct_calls
from infra.local.resources.applier import ACCOUNT
from infra.moto import lighter_moto, moto_shim
from tests.kernel.store.conftest import Table

KEY = {"pk": {"S": "p"}, "sk": {"S": "a"}}
ITEM = {**KEY, "n": {"N": "1"}, "bytes": {"B": b"\x00x"}, "rows": {"L": [{"M": {"at": {"N": "2"}}}]}}
SET = {
    "UpdateExpression": "SET #0 = :0, #1 = list_append(#1, :1) REMOVE #2 ADD #3 :2",
    "ExpressionAttributeNames": {"#0": "name", "#1": "rows", "#2": "bytes", "#3": "n"},
    "ExpressionAttributeValues": {":0": {"S": "x"}, ":1": {"L": [{"S": "y"}]}, ":2": {"N": "4"}},
}
PARTITION = {":p": KEY["pk"]}
CREDENTIALS = {"aws_access_key_id": "local", "aws_secret_access_key": "local-secret"}
Calls = Callable[[Table], list[Any]]


@pytest.fixture(scope="module", autouse=True)
def moto() -> Iterator[None]:
    with mock_aws(), moto_shim.installed():
        yield


@pytest.fixture(scope="module")
def table(session: Any) -> Table:
    return Table(session)


def with_and_without(table: Table, calls: Calls) -> tuple[list[Any], list[Any]]:
    """The answers. A field of moto that the service does not have is left out."""
    plain = calls(table.emptied())
    with direct_calls.installed(ACCOUNT), lighter_moto.installed():
        direct = calls(table.emptied())
    return [_lasting(one) for one in direct], [_lasting(one) for one in plain]


def _lasting(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        name: part
        for name, part in answer.items()
        if name not in ("ResponseMetadata", "ConsumedCapacity", "ConsumedCapacityUnits")
    }


def write(table: Table, **request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = table.client.transact_write_items(TransactItems=[{"Put": request}])
    return answer


def test_reads_and_writes_have_the_same_answers(table: Table) -> None:
    def calls(table: Table) -> list[Any]:
        client, name = table.client, {"TableName": table.name}
        return [
            client.put_item(**name, Item=ITEM),
            client.get_item(**name, Key=KEY),
            client.get_item(**name, Key={**KEY, "sk": {"S": "missing"}}),
            client.update_item(**name, Key=KEY, **SET, ReturnValues="ALL_NEW"),
            write(table, **name, Item={**ITEM, "sk": {"S": "b"}}),
            client.query(
                **name, KeyConditionExpression="pk = :p", ExpressionAttributeValues={":p": KEY["pk"]}, Limit=1
            ),
            client.delete_item(**name, Key=KEY, ReturnValues="ALL_OLD"),
            {"left": client.batch_get_item(RequestItems={table.name: {"Keys": [KEY]}})["Responses"][table.name]},
        ]

    direct, plain = with_and_without(table, calls)

    assert direct == plain


UPDATES: list[tuple[str, dict[str, Any]]] = [
    ("SET #0 = :0", {":0": {"S": "x"}}),
    ("SET #0 = :0, #1 = :1 REMOVE #2", {":0": {"S": "x"}, ":1": {"L": [{"M": {"at": {"N": "3"}}}]}}),
    ("SET #0 = :0 REMOVE #2, #4", {":0": {"NULL": True}}),
    ("SET #3 = :0, #5 = :0", {":0": {"S": "in the index"}}),
    ("SET #5 = :0", {":0": {"S": ""}}),
    ("SET #5 = :0", {":0": {"N": "1"}}),
    ("SET #0 = :0, #0 = :0", {":0": {"S": "twice"}}),
    ("SET #key = :0", {":0": {"S": "q"}}),
    ("SET #0 = :missing", {":0": {"S": "x"}}),
    ("SET #0 = :0", {":0": {"S": "x" * 410_000}}),
    ("SET #2 = if_not_exists(#2, :0)", {":0": {"S": "x"}}),
]
UPDATED = {"#0": "name", "#1": "rows", "#2": "bytes", "#3": "due_pk", "#4": "absent", "#5": "due_sk", "#key": "sk"}


@pytest.mark.parametrize("present", [True, False])
@pytest.mark.parametrize(("text", "values"), UPDATES, ids=lambda one: str(one)[:50])
def test_an_update_has_the_same_result(table: Table, text: str, values: dict[str, Any], present: bool) -> None:
    def calls(table: Table) -> list[Any]:
        name = {"TableName": table.name}
        names = {one: UPDATED[one] for one in UPDATED if re.search(f"{one}\\b", text)}
        update = {"UpdateExpression": text, "ExpressionAttributeNames": names, "ExpressionAttributeValues": values}
        if present:
            table.client.put_item(**name, Item=ITEM)
        try:
            answer = table.client.update_item(**name, Key=KEY, **update, ReturnValues="ALL_NEW")
        except ClientError as error:
            answer = error.response
        return [answer, {"now": table.client.get_item(**name, Key=KEY).get("Item")}]

    direct, plain = with_and_without(table, calls)

    assert direct == plain


ITEMS: dict[str, dict[str, Any]] = {
    "plain": {"name": {"S": "文"}, "bytes": {"B": b"\x00"}},
    "large": {"name": {"S": "x" * 390_000}},
    "too large": {"name": {"S": "x" * 410_000}},
    "an empty key of an index": {"due_sk": {"S": ""}},
    "a number as key of an index": {"due_pk": {"N": "1"}},
    "a null as key of an index": {"due_sk": {"NULL": True}},
    "a long key": {"sk": {"S": "文" * 400}},
    "no number": {"n": {"N": "one"}},
    "a long number": {"n": {"N": "1" * 38}},
    "a set": {"names": {"SS": ["a", "b"]}},
    "an empty set": {"names": {"SS": []}},
    "an empty text": {"name": {"S": ""}},
}


@pytest.mark.parametrize("operation", ["put", "transact", "batch"])
@pytest.mark.parametrize("kind", ITEMS)
def test_an_item_is_put_or_refused_as_by_moto(table: Table, kind: str, operation: str) -> None:
    item = {**KEY, **ITEMS[kind]}

    def put(table: Table) -> Any:
        if operation == "put":
            return table.client.put_item(TableName=table.name, Item=item)
        if operation == "transact":
            return write(table, TableName=table.name, Item=item)
        return table.client.batch_write_item(RequestItems={table.name: [{"PutRequest": {"Item": item}}]})

    def calls(table: Table) -> list[Any]:
        try:
            answer = put(table)
        except ClientError as error:
            answer = error.response
        return [answer, {"stored": table.client.scan(TableName=table.name)["Items"]}]

    direct, plain = with_and_without(table, calls)

    assert direct == plain


def test_a_refused_write_has_the_same_error(table: Table) -> None:
    def calls(table: Table) -> list[Any]:
        table.client.put_item(TableName=table.name, Item=ITEM)
        with pytest.raises(ClientError) as refused:
            write(table, TableName=table.name, Item=ITEM, ConditionExpression="attribute_not_exists(pk)")
        return [refused.value.response]

    direct, plain = with_and_without(table, calls)

    assert direct == plain
    assert direct[0]["Error"]["Code"] == "TransactionCanceledException"


def test_a_condition_that_does_not_hold_has_the_same_error(table: Table) -> None:
    def calls(table: Table) -> list[Any]:
        name = {"TableName": table.name}
        table.client.put_item(**name, Item=ITEM)
        refused = []
        for call, more in (
            (table.client.put_item, {"Item": ITEM, "ConditionExpression": "attribute_not_exists(pk)"}),
            (table.client.update_item, {"Key": KEY, "ConditionExpression": "attribute_not_exists(pk)", **SET}),
        ):
            with pytest.raises(table.client.exceptions.ConditionalCheckFailedException) as error:
                call(**name, **more)
            refused.append(error.value.response)
        return refused

    direct, plain = with_and_without(table, calls)

    assert direct == plain


def test_the_callers_objects_are_not_the_stored_ones(table: Table) -> None:
    with direct_calls.installed(ACCOUNT):
        item = {**ITEM, "rows": {"L": [{"S": "old"}]}}
        table.emptied().client.put_item(TableName=table.name, Item=item)
        item["rows"]["L"].append({"S": "new"})  # type: ignore[call-overload]
        read = table.client.get_item(TableName=table.name, Key=KEY)["Item"]
        read["rows"]["L"].clear()

        assert table.client.get_item(TableName=table.name, Key=KEY)["Item"]["rows"] == {"L": [{"S": "old"}]}


def test_two_transactions_without_a_token_are_both_written(table: Table) -> None:
    with direct_calls.installed(ACCOUNT):
        write(table.emptied(), TableName=table.name, Item=ITEM)
        write(table, TableName=table.name, Item={**ITEM, "n": {"N": "2"}})

        assert table.client.get_item(TableName=table.name, Key=KEY)["Item"]["n"] == {"N": "2"}


def test_a_call_without_a_binding_is_refused_as_before_a_signature() -> None:
    session = botocore.session.Session()
    table = Table(session)
    sign_with(table.client, OwnCredentials(session))

    with direct_calls.installed(ACCOUNT), pytest.raises(Unbound):
        table.client.get_item(TableName=table.name, Key=KEY)


def test_messages_are_sent_with_the_same_answers(session: Any) -> None:
    sqs = session.create_client("sqs", region_name="us-east-1", **CREDENTIALS)
    url = sqs.create_queue(QueueName="sent")["QueueUrl"]
    entries = [
        {"Id": "0", "MessageBody": "body 0", "DelaySeconds": 0},
        {"Id": "1", "MessageBody": "body 1", "MessageGroupId": "acme"},
    ]

    def calls() -> list[Any]:
        answer = sqs.send_message_batch(QueueUrl=url, Entries=entries)
        with pytest.raises(ClientError) as refused:
            sqs.send_message_batch(QueueUrl=url, Entries=[*entries, entries[0]])
        asked = {"QueueUrl": url, "MaxNumberOfMessages": 10, "AttributeNames": ["MessageGroupId"]}
        received = sqs.receive_message(**asked)["Messages"]
        for one in received:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        ids = [one.pop("MessageId") for one in answer["Successful"]]
        bodies = {one["MessageId"]: (one["Body"], one.get("Attributes")) for one in received}
        return [_lasting(answer), [bodies[one] for one in ids], refused.value.response["Error"]]

    plain = calls()
    with direct_calls.installed(ACCOUNT):
        assert calls() == plain


@pytest.mark.parametrize("names", [["ApproximateNumberOfMessages"], ["ApproximateNumberOfMessages", "DelaySeconds"]])
def test_the_messages_of_a_queue_are_counted_with_the_same_answer(session: Any, names: list[str]) -> None:
    sqs = session.create_client("sqs", region_name="us-east-1", **CREDENTIALS)
    url = sqs.create_queue(QueueName=f"counted-{len(names)}")["QueueUrl"]
    more = [*names, "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible"]
    for body, delay in (("a", 0), ("b", 0), ("c", 900)):
        sqs.send_message(QueueUrl=url, MessageBody=body, DelaySeconds=delay)
    sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=1)

    plain = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=more)["Attributes"]
    with direct_calls.installed(ACCOUNT):
        assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=more)["Attributes"] == plain


def test_a_mail_is_sent_with_the_same_answer(session: Any) -> None:
    ses = session.create_client("ses", region_name="us-east-1", **CREDENTIALS)
    ses.verify_email_identity(EmailAddress="office@office.example")
    raw = {"Data": "From: office@office.example\r\nSubject: 投诉\r\n\r\n正文".encode()}

    def send(source: str) -> Any:
        return ses.send_raw_email(Source=source, Destinations=["a@b.example"], RawMessage=raw)

    def calls() -> list[Any]:
        known = {one.id for one in ses_backends[ACCOUNT]["us-east-1"].sent_messages}
        answer = send("office@office.example")
        with pytest.raises(ClientError) as refused:
            send("stranger@office.example")
        sent = [one for one in ses_backends[ACCOUNT]["us-east-1"].sent_messages if one.id not in known]
        assert [one.id for one in sent] == [answer["MessageId"]]
        return [[(one.source, one.destinations, one.raw_data) for one in sent], refused.value.response["Error"]]

    plain = calls()
    with direct_calls.installed(ACCOUNT):
        assert calls() == plain


def test_versions_are_listed_by_prefix_with_the_latest_marked(session: Any) -> None:
    s3 = session.create_client("s3", region_name="us-east-1", **CREDENTIALS)
    s3.create_bucket(Bucket="bucket")
    s3.put_bucket_versioning(Bucket="bucket", VersioningConfiguration={"Status": "Enabled"})
    for key, body in (("a/1", b"old"), ("a/1", b"new"), ("a/2", b"x"), ("z", b"x")):
        s3.put_object(Bucket="bucket", Key=key, Body=body)
    s3.delete_object(Bucket="bucket", Key="a/2")

    def listed() -> Any:
        found = s3.list_object_versions(Bucket="bucket", Prefix="a/")
        kept = ("Key", "VersionId", "IsLatest", "Size")
        return [
            [{name: one.get(name) for name in kept} for one in found[part]] for part in ("Versions", "DeleteMarkers")
        ]

    plain = listed()
    with lighter_moto.installed():
        assert listed() == plain
