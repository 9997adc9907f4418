"""How long data are kept, as the page says."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from chalicelib.features.privacy import keeping
from chalicelib.kit.instants import DAY
from infra.checks.trees import ROOT
from tests.across.budgets.counted_faults import WRONG
from tests.clauses.giving import given
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.evidence.test_retention import looked_at
from tests.filing.test_drafts import WRITTEN, stored, to_content
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.untouched import in_process
from tests.leaving.test_leaving import later as days_later
from tests.leaving.test_leaving import leave, mine
from tests.privacy.saying import changed, proves, says
from tests.retention.office import AFTER, NAME, PHONE, TEXT, bureau, erased, filed, later, publish, refused

__all__ = ["bureau"]


@proves("kept_until")
def test_private_values_and_files_are_erased_after_the_time_that_the_page_names(bureau: Organisation) -> None:
    publish(bureau, "20 calendar days", evidence_kept="15 calendar days")
    number = refused(bureau)

    assert "20 calendar days" in str(says(bureau, "kept_until"))
    later(bureau, "2026-09-21T23:00:00+08:00")
    assert bureau.complaint(number)["facts"]["complainant.name"] == NAME
    later(bureau, AFTER)
    everything = repr(in_process(bureau).fakes.store.everything())
    assert not any(text in everything for text in (NAME, PHONE, TEXT))


@proves("record_stays")
def test_the_record_stays_with_digests(bureau: Organisation) -> None:
    number = refused(bureau)
    before = bureau.events(number)
    later(bureau, AFTER)

    assert says(bureau, "record_stays")
    assert bureau.events(number)[: len(before)] == before
    assert all(len(digest) == 64 for digest in nonempty(before[0]["private"]))
    assert before[0]["private"]


@proves("later_versions")
def test_a_later_version_holds_for_complaints_that_have_ended(bureau: Organisation) -> None:
    number = refused(bureau)
    publish(bureau, "40 calendar days")
    later(bureau, AFTER)

    assert says(bureau, "later_versions")
    assert erased(bureau, number) == []


@proves("hold")
def test_nothing_is_erased_under_a_legal_hold(bureau: Organisation) -> None:
    number = refused(bureau)
    bureau.act(number, "owner", "hold", reason="诉讼")
    later(bureau, AFTER)

    assert says(bureau, "hold")
    assert bureau.complaint(number)["facts"]["complainant.name"] == NAME


@proves("kept_without_end")
def test_without_retention_nothing_is_erased(bureau: Organisation) -> None:
    publish(bureau, None)
    number = refused(bureau)
    later(bureau, "2030-01-01T09:00:00+08:00")

    assert says(bureau, "kept_without_end")
    assert bureau.complaint(number)["facts"]["complainant.name"] == NAME


class _Template(yaml.SafeLoader):
    """Reads the short functions of CloudFormation as their argument."""


_Template.add_multi_constructor("!", lambda loader, _, node: getattr(node, "value", None))


@pytest.fixture
def resources() -> dict[str, Any]:
    text = (ROOT / "infra/template.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, _Template)["Resources"]
    return found


@proves("archives")
def test_the_bucket_deletes_archives_in_this_time(bureau: Organisation, resources: dict[str, Any]) -> None:
    rules = resources["EvidenceBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    [exports] = [one for one in rules if one["Id"] == "exports"]
    days = exports["ExpirationInDays"] + exports["NoncurrentVersionExpiration"]["NoncurrentDays"]

    assert f"{keeping.ARCHIVE_DAYS} days" in str(says(bureau, "archives")) or says(bureau, "archives")
    assert days + 1 == keeping.ARCHIVE_DAYS, "S3 looks once a day"


@proves("backups")
def test_backups_of_the_table_are_those_of_point_in_time_recovery(
    bureau: Organisation, resources: dict[str, Any]
) -> None:
    recovery = resources["Table"]["Properties"]["PointInTimeRecoverySpecification"]

    assert says(bureau, "backups") == str(keeping.BACKUP_DAYS)
    assert recovery == {"PointInTimeRecoveryEnabled": True}, "35 days, if no other number is given"
    assert not any(one["Type"].startswith("AWS::Backup") for one in resources.values())


@pytest.mark.parametrize(("kept", "shown"), [("15 calendar days", "15 calendar days"), (None, "365 calendar days")])
@proves("files_locked")
def test_a_file_is_locked_for_the_time_that_the_page_names(bureau: Organisation, kept: str | None, shown: str) -> None:
    publish(bureau, None, **({} if kept is None else {"evidence_kept": kept}))
    number = refused_with_file(bureau)

    assert says(bureau, "files_locked") == shown
    [file] = [one for one in in_process(bureau).fakes.objects.stored if "/sealed/" in one]
    [version] = in_process(bureau).fakes.objects.stored[file].values()
    locked = (version.until - in_process(bureau).fakes.real_clock()) / DAY
    assert abs(locked - int(shown.split()[0])) <= 1, number


def refused_with_file(bureau: Organisation) -> str:
    number = filed(bureau)
    assert looked_at(bureau, number, given(bureau, number, "document")["id"])["state"] == "sealed"
    return number


@proves("drafts")
def test_what_was_not_filed_is_deleted_after_a_day(world: InProcess) -> None:
    hall = sign_up(world, "government-service-centre")
    browser = Browser(world)
    to_content(browser, hall)
    browser.submit(fact__content=WRITTEN)
    step = browser.path
    assert len(stored(world)) == 1

    [draft] = [one for one in world.fakes.store.everything() if one.kind == "filing-draft"]

    assert says(hall, "drafts")
    assert draft.expires is not None
    assert draft.expires - world.fakes.real_clock() // 1000 <= 86_400
    world.fakes.real_clock.advance(24 * 3_600_000)
    browser.open(step)
    assert WRITTEN not in browser.answer.text


@proves("kept_forms", "forms_encrypted")
def test_a_form_with_a_mistake_is_deleted_after_a_day_and_a_receipt_is_shown_for_minutes(world: InProcess) -> None:
    hall, browser = sign_up(world, "government-service-centre"), Browser(world)
    browser.open(f"/t/{hall.id}/case")
    browser.submit(number="202611-000001", receipt=WRONG)
    [form] = [one for one in world.fakes.store.everything() if one.kind == "kept-form"]
    assert form.expires is not None
    assert form.expires - world.fakes.real_clock() // 1000 <= 86_400

    minutes = int(str(says(hall, "kept_forms")))
    assert says(hall, "forms_encrypted")
    assert WRONG not in form.body
    stranger = Browser(world)
    stranger.open(browser.path)
    assert WRONG not in stranger.answer.text
    world.fakes.real_clock.advance(minutes * 60_000)
    browser.open(browser.path)
    assert WRONG not in browser.answer.text


@proves("leaving")
def test_an_organisation_that_leaves_leaves_nothing_behind(world: InProcess) -> None:
    made = bureau_in(world)
    refused_with_file(made)
    assert says(made, "leaving")

    leave(made)
    days_later(made, 31)

    assert mine(made) == []
    assert not any(made.id in key for key in world.fakes.objects.present())


def test_the_time_of_each_preset_is_on_its_page(world: InProcess) -> None:
    for preset, years in (("platform", 3), ("telecom-regulator", 10)):
        assert f"{years} calendar years" in str(says(sign_up(world, preset), "kept_until"))
    assert says(changed(world, retention=None), "kept_without_end")
