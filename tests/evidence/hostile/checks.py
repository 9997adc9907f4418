"""Runs the check of one file, as the function does that receives uploads."""

from __future__ import annotations

import pytest

from chalicelib.features.evidence.check.examine import DeclaredFile, examine
from chalicelib.features.evidence.refusal import Refusal
from chalicelib.features.evidence.scanning.scanners import StandInScanner
from tests.helpers.fakes.files import sha256


def passes(content: bytes, media_type: str) -> bool:
    with StandInScanner().scan() as scan:
        examine([content], DeclaredFile(len(content), sha256(content), media_type), scan)
    return True


def refused(content: bytes, media_type: str) -> str:
    """The reason of the refusal."""
    with pytest.raises(Refusal) as refusal:
        passes(content, media_type)
    return refusal.value.reason
