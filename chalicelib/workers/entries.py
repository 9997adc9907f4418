"""Handlers of the Lambda functions other than the API: they take batches and return partial batch responses.

The response names the records that failed, so only these are delivered again (Powertools for AWS Lambda, batch
processing).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.composition import FEATURES
from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines.quarantine import quarantine_batch
from chalicelib.features.deadlines.sweep import sweep as sweep_due
from chalicelib.features.evidence.processing.arrival import AnnouncedFile, handle_arrival
from chalicelib.features.evidence.processing.wake_evidence import wake as wake_evidence
from chalicelib.features.evidence.scanning import guardduty_events
from chalicelib.features.filing import lost_receipt
from chalicelib.features.filing.lost_receipt import LostReceipt
from chalicelib.features.messages import attempt
from chalicelib.features.messages.attempt import Attempt
from chalicelib.features.messages.mail import ses_feedback
from chalicelib.features.messages.relay import throttle_retry
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.messages.relay.relay import relay as relay_keys
from chalicelib.features.messages.sqs import parse_body
from chalicelib.jobs import driver
from chalicelib.jobs.driver import JobStep, Step, Steps
from chalicelib.kit import observability
from chalicelib.ports import Queue
from chalicelib.store.port import Key, Unavailable
from chalicelib.wiring import Wiring
from chalicelib.workers import reactions
from chalicelib.workers.work_batch import process_batch

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse

LambdaEvent = dict[str, Any]
"""The JSON with which AWS invokes a function."""

_WORK = msgspec.json.Decoder(RelayedEvent | JobStep | Attempt | LostReceipt)
"""Made once: otherwise each message would have the union examined again, which takes longer than the decoding."""


class _Jobs(dict[str, Step]):
    """The step function of each kind of job, imported when one of its jobs runs first."""

    def __missing__(self, kind: str) -> Step:
        """Raises KeyError for a kind that no row of `composition` has."""
        places = {kind: (feature, place) for feature in FEATURES for kind, place in feature.jobs.items()}
        feature, place = places[kind]
        self[kind] = feature.load(place)
        return self[kind]


JOBS: Steps = _Jobs()


def sweep(wiring: Wiring) -> None:
    result = sweep_due(wiring, wiring.clock())
    observability.info("The sweep has enqueued hits", count=result.enqueued)


def wake(wiring: Wiring, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the due queue. A message that fails five times moves to the dead-letter queue (`park`)."""

    def handle(record: Any) -> None:
        process_batch(wiring, batch.parse(parse_body(record.body).body), wiring.clock(), JOBS, wake_evidence)

    return _each(event, context, handle)


def park(wiring: Wiring, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the due queue's dead-letter queue: quarantines each hit."""
    return _each(event, context, lambda record: quarantine_batch(wiring, batch.parse(parse_body(record.body).body)))


def relay(effects_queue: Queue, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the table's stream. Stops at the first failure, so the rest of the batch is delivered again in order."""
    records = [record["dynamodb"] for record in event["Records"]]
    failed = relay_keys(effects_queue, [Key(each["Keys"]["pk"]["S"], each["Keys"]["sk"]["S"]) for each in records])
    if failed is None:
        return {"batchItemFailures": []}
    return {"batchItemFailures": [{"itemIdentifier": records[failed]["SequenceNumber"]}]}


def effects(wiring: Wiring, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the effects queue. A message that fails five times moves to the dead-letter queue."""
    batch_of_effects = throttle_retry.RetryingBatch(wiring)
    answer = _each(event, context, lambda record: batch_of_effects.handle(record.body, partial(_effect, wiring)))
    batch_of_effects.emit_metric()
    return answer


def _effect(wiring: Wiring, body: str) -> None:
    returned = ses_feedback.parse_feedback(body)
    if returned is not None:
        ses_feedback.apply_feedback(wiring, returned)
        return
    work = _WORK.decode(parse_body(body).body)
    if isinstance(work, JobStep):
        driver.run_message(wiring, work, JOBS)
    elif isinstance(work, Attempt):
        attempt.run(wiring, work, wiring.clock())
    elif isinstance(work, LostReceipt):
        lost_receipt.replace(wiring, work, wiring.clock())
    else:
        reactions.run_reactions(wiring, work)


def hooks(wiring: Wiring, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the webhook queue. Each message is one try of one delivery.

    An unavailable table uses up no try of the queue: the delivery is on index `due`, so a later sweep tries it again.
    """

    def handle(record: Any) -> None:
        try:
            attempt.run(wiring, msgspec.json.decode(parse_body(record.body).body, type=Attempt), wiring.clock())
        except Unavailable as error:
            observability.info("A webhook delivery is left to a later sweep", error=observability.frames(error))

    return _each(event, context, handle)


def _each(event: LambdaEvent, context: Any, handle: Callable[[Any], object]) -> PartialItemFailureResponse:
    """Handles each message on its own. Failed messages are logged and reported, so the queue delivers them again."""
    from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

    def handled(record: Any) -> None:
        try:
            handle(record)
        except Exception as error:
            observability.error("A message could not be handled", error=observability.frames(error))
            raise

    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    response = process_partial_response(event=event, record_handler=handled, processor=processor, context=context)
    return {"batchItemFailures": list(response["batchItemFailures"])}


def object_created(wiring: Wiring, event: LambdaEvent) -> None:
    """Handles one EventBridge event: an object that Amazon S3 received, or GuardDuty's scan of an object.

    An exception makes EventBridge deliver the event again.
    """
    detail = event["detail"]
    if event["source"] == "aws.s3":
        created = detail["object"]
        handle_arrival(
            wiring, AnnouncedFile(created["key"], created["version-id"], int(created["size"])), wiring.clock()
        )
    elif not guardduty_events.handle_scan_result(wiring, detail, wiring.clock()):
        observability.error("A scan gave no verdict", status=detail["scanResultDetails"]["scanResultStatus"])
        observability.measure("ScanWithoutVerdict")
