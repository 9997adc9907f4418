"""The sentences about how long data are kept, where they are stored, and what is on the reader's device."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.features.privacy.sentence import Sentence
from chalicelib.kit.instants import MINUTE
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime import explaining, parse_limit
from chalicelib.web.pages import kept_forms, session
from chalicelib.web.pages.reader import Reader
from chalicelib.wiring import Wiring

ARCHIVE_DAYS, BACKUP_DAYS = 10, 35
"""Days for which `template.yaml` has archives kept, with a day in which S3 deletes them, and backups."""


def kept(wiring: Wiring, policy: Policy, reader: Reader) -> Iterator[Sentence]:
    retention, intake = policy.document.retention, policy.document.intake
    if retention is None:
        yield Sentence("privacy.kept_without_end")
    else:
        time = explaining.limit_text(parse_limit(retention.closed), reader.language)
        yield Sentence("privacy.kept_until", {"time": time})
        yield Sentence("privacy.record_stays")
        yield Sentence("privacy.later_versions")
    yield Sentence("privacy.hold")
    if retention is not None:
        yield Sentence("privacy.archives", {"days": ARCHIVE_DAYS})
        yield Sentence("privacy.backups", {"days": BACKUP_DAYS})
    locked = parse_limit(intake.evidence_kept or f"{wiring.lock_days} calendar days")
    yield Sentence("privacy.files_locked", {"time": explaining.limit_text(locked, reader.language)})
    yield Sentence("privacy.drafts")
    yield Sentence("privacy.kept_forms", {"minutes": kept_forms.SHOWN // MINUTE})
    yield Sentence("privacy.leaving")


def stored(wiring: Wiring) -> Iterator[Sentence]:
    yield Sentence("privacy.region", {"region": wiring.region})
    yield Sentence("privacy.encrypted")
    yield Sentence("privacy.forms_encrypted")
    yield Sentence("privacy.plain")
    yield Sentence("privacy.files_stored")
    yield Sentence("privacy.transport")


def device() -> Iterator[Sentence]:
    yield Sentence("privacy.cookie_of_case", {"minutes": session.LASTS // MINUTE})
    yield Sentence("privacy.cookie_of_draft")
    yield Sentence("privacy.no_other_cookies")
    yield Sentence("privacy.answers_on_device")
    yield Sentence("privacy.files_on_device")
