"""Nothing that is to run can stop unheard, and what was given up lies where it can be put back from."""

from __future__ import annotations

import json
from typing import Any

from chalicelib.deadlines import sweep_position, throttle_requeue
from chalicelib.deadlines.batch import Hit
from chalicelib.instants import MINUTE, SECOND
from chalicelib.observability import NAMESPACE
from infra.local.resources.template import load
from tests.infra.test_documents import alarms

AGE = "ApproximateAgeOfOldestMessage"
LETTERS = "ApproximateNumberOfMessagesVisible"


def resources(kind: str) -> dict[str, Any]:
    return {name: each["Properties"] for name, each in load()["Resources"].items() if each["Type"] == kind}


def mappings() -> dict[str, Any]:
    """What Lambda's pollers hand to functions, by function."""
    functions = resources("AWS::Serverless::Function").items()
    given = {name: list(each.get("Events", {}).values()) for name, each in functions}
    return {name: each["Properties"] for name, events in given.items() for each in events}


def queues_with(metric: str) -> dict[str, int]:
    """Above what it rings, by queue."""
    found = [each for each in alarms().values() if each.get("MetricName") == metric]
    return {each["Dimensions"][0]["Value"]["Fn::GetAtt"][0]: each["Threshold"] for each in found}


def test_every_queue_with_a_worker_rings_when_nobody_works_it() -> None:
    """SQS itself says how old its oldest message is, whether the worker lives or not."""
    worked = {each["Queue"]["Fn::GetAtt"][0] for each in mappings().values() if "Queue" in each}
    assert worked == set(queues_with(AGE))
    assert queues_with(AGE)["DueQueue"] == 300


def test_every_queue_that_nobody_works_rings_at_its_first_message() -> None:
    dead = {name for name in resources("AWS::SQS::Queue") if name.endswith("DeadLetters")} - {"DueDeadLetters"}
    assert dict.fromkeys(dead, 0) == queues_with(LETTERS)


def test_a_sweep_that_never_runs_rings() -> None:
    stopped = alarms()["SweepStoppedAlarm"]
    assert (stopped["MetricName"], stopped["TreatMissingData"]) == ("Invocations", "breaching")
    assert stopped["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "Sweep"}}]
    assert stopped["Period"] * stopped["EvaluationPeriods"] == 300


def test_deadlines_that_are_throttled_for_hours_ring() -> None:
    """None is late by `DueLateness`, which is of what was recorded, and each message is young: it is sent anew. What
    comes back is left to a sweep every so often, and two of any three periods hold such a moment."""
    throttled = alarms()["DeadlinesThrottledAlarm"]
    hit = [Hit("C#1", "T#acme#C#1", "S", 0)]
    comes_back = sum(throttle_requeue.delay(tries, hit) for tries in range(throttle_requeue.MAX_TRIES)) * SECOND
    silence = sweep_position.VALID_FOR + MINUTE + comes_back

    assert (throttled["MetricName"], throttled["Statistic"], throttled["Threshold"]) == ("DueLater", "Sum", 0)
    assert (throttled["DatapointsToAlarm"], throttled["EvaluationPeriods"]) == (2, 3)
    assert 2 * silence < 3 * throttled["Period"] * SECOND


def test_a_relay_that_falls_behind_rings_long_before_the_stream_forgets() -> None:
    behind = alarms()["RelayBehindAlarm"]
    assert (behind["MetricName"], behind["Threshold"]) == ("IteratorAge", 300_000)


def test_a_relay_that_is_handed_nothing_rings_where_there_is_something() -> None:
    """Its mapping is disabled: then it has no age. Two periods, since what is recorded last is relayed in the next."""
    stopped = alarms()["RelayStoppedAlarm"]
    of = {each["Id"]: each["MetricStat"]["Metric"] for each in stopped["Metrics"] if "MetricStat" in each}
    assert (of["recorded"]["Namespace"], of["recorded"]["MetricName"]) == (NAMESPACE, "DueLateness")
    assert of["relayed"]["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "Relay"}}]
    assert stopped["EvaluationPeriods"] == 2


def test_the_relay_gives_nothing_up_until_the_stream_is_about_to_forget_it() -> None:
    """And says so then: of what the stream forgets by itself nobody hears."""
    stream = mappings()["Relay"]
    assert stream["MaximumRetryAttempts"] == -1
    assert 3600 <= 24 * 3600 - stream["MaximumRecordAgeInSeconds"] <= 2 * 3600
    assert stream["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["RelayDeadLetters", "Arn"]}
    assert stream["ParallelizationFactor"] == 10


def test_only_the_effects_own_messages_are_among_their_dead_letters() -> None:
    """So a redrive in SQS hands their worker nothing that it cannot read."""
    senders = {
        name
        for name, each in load()["Resources"].items()
        if '["EffectsDeadLetters", "Arn"]' in json.dumps(each)  # whatever sends there names it so
    }
    assert senders == {"EffectsQueue"}
