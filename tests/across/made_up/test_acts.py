"""An act is its row: under another name, it is done, told, recorded, printed, counted and sent to webhooks alike."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.across.documents.references import ROOT
from tests.across.made_up.asking import Told
from tests.across.made_up.new_act import LIKE, LIKE_EVENT, NEW, told_with
from tests.across.made_up.test_fact_kinds import ABOUT_OTHERS

DIFFERENT = (*ABOUT_OTHERS, "openapi_document")
"""The document lists the new event beside the usual one."""


def told_under_another_name(path: Path) -> list[Told]:
    """Of a program of its own: the sets of acts follow from the rows when their module is loaded."""
    program = [sys.executable, "-m", "tests.across.made_up.new_act", str(path)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return [Told(*one) for one in json.loads(path.read_text("utf-8"))]


@pytest.mark.slow
def test_an_act_under_another_name_is_treated_alike(tmp_path: Path) -> None:
    usual = told_with(LIKE, LIKE_EVENT)
    other = [one._replace(text=renamed(one.text)) for one in told_under_another_name(tmp_path / "told.json")]
    found = texts_of(usual)

    assert [one for one in usual if one.status >= 500] == []
    assert LIKE_EVENT in found["list_webhooks as owner"]
    assert f'"type":"{LIKE_EVENT}"' in found["get_record as agent"]
    assert differences(usual, other) == []
    assert f'"complaint.{LIKE_EVENT}","complaint.{LIKE_EVENT}"' in texts_of(other)["openapi_document as owner"]


def renamed(text: str) -> str:
    """The English name of a form is that of the act."""
    return text.replace(NEW, LIKE).replace(NEW.capitalize(), LIKE.capitalize())


def texts_of(told: list[Told]) -> dict[str, str]:
    return {one.asked: one.text for one in told}


def differences(usual: list[Told], other: list[Told]) -> list[str]:
    found = [pair for pair in zip(usual, other, strict=True) if pair[0] != pair[1]]
    return [one.asked for one, _ in found if not one.asked.startswith(DIFFERENT)]
