"""The features that this program is composed of: one row for each, with what its folder adds, by name.

Every Lambda function imports this module. So a row only names modules, and what needs them imports them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple


class Feature(NamedTuple):
    """Places are `module` or `module:name`, in the folder. `routes`, `pages`: modules with a function
    `register(api)`. `at_start`: those of the routes that the API's function imports before its first request.
    `reactions`, `erases`, `archives`, `repairs`: each a `Reaction`, `Erased`, `Archived` or `DerivedPart` of
    `casework.composing`. `hourly`: each a `jobs.hourly.HourlyStep`. `jobs`: the step function of each kind of job,
    whose name is the text `job_kind.<kind>` of pages. `job_pages`: the page of each kind that has one, below that of
    the desk; `job_ends`: that on which it is cancelled. `bulk_acts`: by name, the `Performer` of what is done on many
    complaints outside the policy. `owed`: each a `worklists.work_list.Owed`, what a person owes. `improvements`: each
    an `improvement_brief.ListActions` of `casework.composing`. `sends`: modules that describe requests to
    organisations' systems. `after_people`: functions of wiring, tenant and time that follow a change of people or
    their grants.
    """

    folder: str
    routes: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()
    hourly: tuple[str, ...] = ()
    jobs: Mapping[str, str] = {}
    job_pages: Mapping[str, str] = {}
    job_ends: Mapping[str, str] = {}
    bulk_acts: Mapping[str, str] = {}
    owed: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    erases: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    after_people: tuple[str, ...] = ()
    at_start: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return self.folder.replace(".", "/")

    def load(self, place: str) -> Any:
        """Imports the module, and returns it or what it has under the name."""
        module, _, name = place.partition(":")
        found = import_module(f"chalicelib.{self.folder}.{module}")
        return getattr(found, name) if name else found


FEATURES: tuple[Feature, ...] = (
    Feature("casework", erases=("composing.erased:ERASED",)),
    Feature("web.pages", erases=("kept_forms:ERASED",)),
    Feature(
        "statistics",
        hourly=("cells.collection:COLLECTION", "cells.collection:CONSOLIDATION", "rebuild.start:HOURLY"),
        jobs={"statistics-rebuild": "rebuild.step:step"},
    ),
    Feature(
        "features.messages",
        routes=("message_routes", "effect_routes", "webhooks.routes"),
        pages=("pages.webhooks", "pages.webhook", "pages.effects"),
        reactions=("deliver:REACTION", "create_deliveries:REACTION"),
        hourly=("relay.reconciliation_orders:HOURLY", "mail.daily:HOURLY"),
        jobs={"webhook-replay": "webhooks.replay_deliveries:step", "relay": "relay.stream_reconciliation:step"},
        sends=("webhooks.requests",),
        erases=("erased:ERASED",),
        at_start=("message_routes",),
    ),
    Feature(
        "features.worklists",
        routes=("routes", "figures_routes"),
        pages=("pages.queue", "pages.next_case", "pages.my_work", "pages.changes", "pages.views", "pages.tasks"),
        reactions=("upkeep:REACTION", "own_decisions:REACTION"),
        erases=("upkeep:ERASED", "named_views:ERASED", "own_decisions:ERASED"),
        archives=("named_views:ARCHIVED",),
        after_people=("named_views:review",),
        repairs=("upkeep:PART",),
        at_start=("routes",),
    ),
    Feature(
        "features.filing",
        routes=("routes", "receipt_routes"),
        pages=("pages.steps", "pages.lost_receipt", "desk.file"),
        hourly=("number_gaps:HOURLY",),
        erases=("drafts:ERASED",),
        at_start=("routes",),
    ),
    Feature(
        "features.handling",
        routes=("routes", "act_form_routes"),
        pages=(
            "pages.case",
            "pages.acts",
            "pages.proposals",
            "desk.case",
            "desk.acts",
            "desk.check",
            "desk.tick",
            "desk.record",
            "desk.reads",
        ),
        reactions=("linking.close_duplicates:REACTION",),
        erases=("drafts:ERASED",),
        repairs=("linking.duplicates:PART",),
        at_start=("routes",),
    ),
    Feature(
        "features.units",
        routes=("routes",),
        pages=("pages.units", "pages.reads"),
        reactions=("score_unit:REACTION",),
        hourly=("periodic_tasks:HOURLY",),
        jobs={"periodic-tasks": "periodic_tasks:step"},
        repairs=("repaired:PART",),
    ),
    Feature(
        "features.evidence",
        routes=("routes",),
        pages=("pages.files", "pages.demands", "pages.desk_files"),
        reactions=("processing.legal_holds:REACTION",),
        erases=("processing.retention:ERASED",),
        at_start=("routes",),
    ),
    Feature(
        "features.search",
        routes=("routes",),
        pages=("pages",),
        reactions=("react:REACTION",),
        hourly=("index.merge_job:HOURLY",),
        jobs={"search-rebuild": "index.rebuild:step", "search-merge": "index.merge_job:step"},
        erases=("react:ERASED",),
        repairs=("repaired:PART",),
    ),
    Feature(
        "features.register",
        routes=("routes",),
        pages=("pages.notices", "pages.waiting", "pages.decide"),
        reactions=("prepare:REACTION",),
        erases=("notice:ERASED",),
        archives=("notice:ARCHIVED",),
        repairs=("notice:PART",),
    ),
    Feature(
        "features.similar",
        routes=("routes",),
        pages=("pages",),
        reactions=("signing:REACTION",),
        hourly=("backfill:HOURLY",),
        jobs={"similar-backfill": "backfill:step"},
        erases=("index:ERASED",),
        repairs=("repaired:PART",),
    ),
    Feature("features.history", routes=("routes",), pages=("pages",)),
    Feature(
        "features.switching",
        routes=("routes",),
        pages=("pages",),
        jobs={"switch": "switch_all_step:step"},
        job_pages={"switch": "/procedure/open-complaints/{job}"},
        bulk_acts={"switch": "in_bulk:PERFORMER"},
    ),
    Feature(
        "features.bulk",
        routes=("routes",),
        pages=("pages.ask", "pages.job", "pages.cancel"),
        jobs={"bulk-check": "step:step", "bulk": "step:step"},
        job_pages={"bulk-check": "/bulk/{job}", "bulk": "/bulk/{job}"},
        job_ends={"bulk-check": "/bulk/{job}/cancel", "bulk": "/bulk/{job}/cancel"},
    ),
    Feature(
        "features.text_blocks",
        routes=("routes",),
        pages=("pages.blocks", "pages.block", "pages.at_case"),
        archives=("archived:ARCHIVED",),
    ),
    Feature(
        "features.practice",
        routes=("routes",),
        pages=("pages.practice", "pages.mails"),
        hourly=("remind:HOURLY", "end_with_home:HOURLY"),
    ),
    Feature("features.practice.guide", pages=("pages",)),
    Feature("features.deadlines", routes=("routes",)),
    Feature(
        "features.record", routes=("routes",), pages=("pages.record", "pages.anchors"), hourly=("anchoring:HOURLY",)
    ),
    Feature(
        "features.exports",
        routes=("routes",),
        pages=("pages.exports", "pages.verify"),
        jobs={"export": "export_step:step"},
        job_pages={"export": "/organisation/exports/{job}"},
        erases=("export_job:ERASED",),
    ),
    Feature(
        "features.retention",
        reactions=("react:REACTION",),
        hourly=("schedule:HOURLY",),
        jobs={"retention": "step:step"},
    ),
    Feature("features.leaving", routes=("routes",), pages=("pages",), jobs={"erasure": "erase_step:step"}),
    Feature(
        "features.forms",
        routes=("routes", "copy_routes"),
        pages=("pages", "copy_pages"),
        erases=("copies.give:ERASED",),
    ),
    Feature(
        "features.figures",
        routes=("routes",),
        pages=("pages", "desk"),
        hourly=("publish:HOURLY",),
        archives=("archived:ARCHIVED",),
    ),
    Feature(
        "features.reports", routes=("routes",), pages=("pages.index", "pages.oversight", "pages.report", "pages.cases")
    ),
    Feature(
        "features.inspections",
        routes=("routes",),
        pages=("pages",),
        hourly=("schedule:HOURLY",),
        archives=("item:ARCHIVED",),
    ),
    Feature("features.mailings", routes=("routes",), pages=("pages",), hourly=("sending:HOURLY",)),
    Feature(
        "features.improvements",
        routes=("routes",),
        pages=("pages",),
        hourly=("watch:HOURLY",),
        owed=("queries:OWED",),
        improvements=("brief:in_progress",),
        archives=("archived:ARCHIVED",),
    ),
    Feature(
        "features.ledgers", routes=("routes",), pages=("pages",), hourly=("freeze:HOURLY",), archives=("item:ARCHIVED",)
    ),
    Feature("features.analysis", routes=("routes",), pages=("pages",)),
    Feature("features.backtests", routes=("routes",), pages=("pages", "differences"), jobs={"backtest": "step:step"}),
    Feature(
        "features.supervision",
        routes=("routes", "operators.routes"),
        pages=("pages.entry", "pages.report_form", "pages.reports", "pages.lost_receipt", "pages.desk"),
        hourly=("neglect:HOURLY",),
        erases=("custody:ERASED",),
        after_people=("access:review",),
    ),
    Feature("features.privacy", pages=("pages",)),
    Feature("features.sign_in", pages=("pages", "second_factor")),
    Feature(
        "features.organisations",
        routes=("routes", "ops_routes"),
        pages=("pages.front", "pages.founding", "pages.jobs", "pages.organisation", "pages.plan", "pages.origins"),
    ),
    Feature(
        "features.people",
        routes=("routes",),
        pages=(
            "pages.absence",
            "pages.settings",
            "pages.people",
            "pages.invite_one",
            "pages.table",
            "pages.matrix",
            "pages.person",
        ),
        hourly=("hourly:ACCOUNTS", "hourly:INVITATIONS"),
        jobs={"hand-over": "hand_over:step"},
    ),
    Feature("features.programs", routes=("routes",), pages=("pages.account",), archives=("archived:ARCHIVED",)),
    Feature(
        "features.policies",
        routes=("routes", "draft_routes"),
        pages=("pages.contact",),
        jobs={"draft-opening": "opening_step:step"},
        archives=("comments:ARCHIVED",),
    ),
    Feature(
        "features.studio",
        pages=("pages", "beginning.page", "forms.page", "text.page", "trying.page", "consulting.page"),
    ),
    Feature("features.repair", jobs={"repair": "step:step"}),
    Feature("workers", jobs={"reactions": "reactions:resume"}),
    Feature("features.service", routes=("routes",), pages=("pages.reference",)),
)
"""In the order of the reactions to an event, and of the hourly steps that write the same."""


def places(of: str) -> Iterator[tuple[Feature, str]]:
    """The places that the rows have under this name of a field, in order."""
    return ((feature, place) for feature in FEATURES for place in getattr(feature, of))


def loaded(of: str) -> list[Any]:
    return [feature.load(place) for feature, place in places(of)]
