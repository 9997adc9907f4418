"""Alarms: each scheduled or queued job that stops raises one, and failed messages are kept for a redrive."""

from __future__ import annotations

import json
from typing import Any, get_args

from chalicelib.features.deadlines import batch, sweep
from chalicelib.features.deadlines.batch import Hit
from chalicelib.kit.instants import MINUTE, SECOND
from chalicelib.kit.observability import NAMESPACE, Figure
from infra.local.resources.template import load
from tests.infra.test_documents import alarms

AGE = "ApproximateAgeOfOldestMessage"
LETTERS = "ApproximateNumberOfMessagesVisible"


def resources(kind: str) -> dict[str, Any]:
    return {name: each["Properties"] for name, each in load()["Resources"].items() if each["Type"] == kind}


def mappings() -> dict[str, Any]:
    """The event source mappings, by function."""
    functions = resources("AWS::Serverless::Function").items()
    given = {name: list(each.get("Events", {}).values()) for name, each in functions}
    return {name: each["Properties"] for name, events in given.items() for each in events}


def queues_with(metric: str) -> dict[str, int]:
    """The alarm thresholds of the metric, by queue."""
    found = [each for each in alarms().values() if each.get("MetricName") == metric]
    return {each["Dimensions"][0]["Value"]["Fn::GetAtt"][0]: each["Threshold"] for each in found}


def test_every_queue_with_a_worker_has_an_alarm_for_a_stopped_worker() -> None:
    """SQS itself measures the age of the oldest message, even if the worker is stopped."""
    worked = {each["Queue"]["Fn::GetAtt"][0] for each in mappings().values() if "Queue" in each}
    assert worked == set(queues_with(AGE))
    assert queues_with(AGE)["DueQueue"] == 300


def test_every_queue_without_a_worker_has_an_alarm_for_its_first_message() -> None:
    dead = {name for name in resources("AWS::SQS::Queue") if name.endswith("DeadLetters")} - {"DueDeadLetters"}
    assert dict.fromkeys(dead, 0) == queues_with(LETTERS)


def test_a_sweep_that_never_runs_raises_an_alarm() -> None:
    stopped = alarms()["SweepStoppedAlarm"]
    assert (stopped["MetricName"], stopped["TreatMissingData"]) == ("Invocations", "breaching")
    assert stopped["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "Sweep"}}]
    assert stopped["Period"] * stopped["EvaluationPeriods"] == 300


def test_deadlines_throttled_for_hours_raise_an_alarm() -> None:
    """`DueLateness` counts recorded deadlines only, and each message is young, because it is sent again.

    Every few retries, a message is left to the next sweep. Two of any three periods contain such a retry.
    """
    throttled = alarms()["DeadlinesThrottledAlarm"]
    hit = [Hit("C#1", "T#acme#C#1", "S", 0)]
    comes_back = sum(batch.delay(tries, hit) for tries in range(batch.MAX_TRIES)) * SECOND
    silence = sweep.VALID_FOR + MINUTE + comes_back

    assert (throttled["MetricName"], throttled["Statistic"], throttled["Threshold"]) == ("DueLater", "Sum", 0)
    assert (throttled["DatapointsToAlarm"], throttled["EvaluationPeriods"]) == (2, 3)
    assert 2 * silence < 3 * throttled["Period"] * SECOND


def test_a_slow_relay_raises_an_alarm_long_before_the_stream_expires_records() -> None:
    behind = alarms()["RelayBehindAlarm"]
    assert (behind["MetricName"], behind["Threshold"]) == ("IteratorAge", 300_000)


def test_a_relay_without_records_raises_an_alarm_if_there_are_events() -> None:
    """A disabled mapping has no age metric. Two periods, because the last events of one are relayed in the next."""
    stopped = alarms()["RelayStoppedAlarm"]
    of = {each["Id"]: each["MetricStat"]["Metric"] for each in stopped["Metrics"] if "MetricStat" in each}
    assert (of["recorded"]["Namespace"], of["recorded"]["MetricName"]) == (NAMESPACE, "DueLateness")
    assert of["relayed"]["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "Relay"}}]
    assert stopped["EvaluationPeriods"] == 2


def test_the_relay_retries_until_the_stream_is_about_to_expire_the_record() -> None:
    """The relay then reports the record. Records that the stream expires are not reported by anything."""
    stream = mappings()["Relay"]
    assert stream["MaximumRetryAttempts"] == -1
    assert 3600 <= 24 * 3600 - stream["MaximumRecordAgeInSeconds"] <= 2 * 3600
    assert stream["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["RelayDeadLetters", "Arn"]}
    assert stream["ParallelizationFactor"] == 10


def test_the_dead_letters_of_the_effects_queue_contain_only_its_messages() -> None:
    """So an SQS redrive gives the worker only readable messages."""
    senders = {
        name
        for name, each in load()["Resources"].items()
        if '["EffectsDeadLetters", "Arn"]' in json.dumps(each)  # every reference has this form
    }
    assert senders == {"EffectsQueue"}


def test_what_each_budget_refuses_raises_an_alarm() -> None:
    """One source alone may be refused a few times: a person who repeats a request is no flood."""
    refused = {figure for figure in get_args(Figure) if "Refused" in figure}
    heard = {each["MetricName"]: each["Threshold"] for each in alarms().values() if "MetricName" in each}
    assert {figure: heard[figure] for figure in sorted(refused)} == {
        "FilingRefusedToSource": 30,
        "MailRefused": 0,
        "MailRefusedToTenant": 0,
        "SignUpRefused": 0,
        "SignUpRefusedToSource": 30,
    }
