"""The commands of the operators' guide are complete: their parameters exist, and the template goes through a bucket."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from infra.deploy import parameters
from infra.local.resources.template import load
from tests.helpers.nonempty import nonempty
from tests.infra.stack.translated import packaged
from tests.infra.test_documents import OPERATIONS, text

SENT_WITHOUT_A_BUCKET = 51_200
"""Bytes of the largest template that CloudFormation takes in a request."""
DECLARED = load()["Parameters"]


def commands(pattern: str) -> list[str]:
    """The commands of the guide that match, with their continued lines."""
    joined = text(OPERATIONS).replace("\\\n", " ")
    return nonempty(line for line in joined.splitlines() if re.match(pattern, line))


def given(command: str) -> dict[str, str]:
    named = re.search(r'PARAMETERS="([^"]*)"', command)
    return {} if named is None else parameters.parsed(named[1])


def test_the_first_deployment_names_every_parameter_without_a_default() -> None:
    [command] = commands("make deploy .*PARAMETERS")
    assert parameters.unknown(given(command), DECLARED) == []
    assert parameters.missing(given(command), {}, DECLARED) == []


@pytest.mark.slow
def test_a_template_of_this_size_needs_a_bucket_which_each_command_names() -> None:
    assert len(json.dumps(packaged())) > SENT_WITHOUT_A_BUCKET
    for command in commands("aws cloudformation (package|deploy) "):
        assert "--s3-bucket" in command


def test_the_deployment_by_hand_names_them_too() -> None:
    [command] = commands("aws cloudformation deploy ")
    named = parameters.parsed(command.partition("--parameter-overrides ")[2])
    assert parameters.unknown(named, DECLARED) == parameters.missing(named, {}, DECLARED) == []
    assert "CAPABILITY_IAM CAPABILITY_AUTO_EXPAND" in command


def test_the_command_that_rotates_keeps_the_old_keys() -> None:
    [program] = re.findall(r"python3 -c '(import json, secrets[^']*)'", text(OPERATIONS))
    before = {"current": "k1", "k1": "a" * 64}
    done = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(before), capture_output=True, text=True, check=True
    )
    after = json.loads(done.stdout)
    assert (after["current"], after["k1"], after.keys()) == ("k2", before["k1"], {"current", "k1", "k2"})
    assert len(after["k2"]) == 64


def test_the_command_that_points_the_stack_at_a_restored_table_gives_both_parameters() -> None:
    named = [given(command.strip().strip("`")) for command in commands(".*make deploy .*RestoredTable")]
    assert [sorted(one) for one in named] == [["RestoredTable", "RestoredTableStream"]]
    assert parameters.unknown(named[0], DECLARED) == []
    restoring = " ".join(commands(".*aws dynamodb "))
    assert named[0]["RestoredTable"] in restoring
    assert "--query Table.LatestStreamArn" in restoring
