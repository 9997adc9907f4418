"""What each reader gets by each route and page of an organisation, to look for texts of a complaint in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import app
from chalicelib.web.contract import Contract
from tests.clauses.organisation import Organisation
from tests.forms.copies.copy import asked, stored
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.untouched import in_process
from tests.retention.scanning import spelled
from tests.sign_in.door import at_the_desk

_PARAMETER = re.compile(r"\{(\w+)\}")
_FEED = re.compile(r'href="([^"]+\.atom[^"]*)"')
APART = (
    "account",
    "block",
    "bulk",
    "draft",
    "export",
    "improvement",
    "inspection",
    "job",
    "ledger",
    "part",
    "reference",
    "report",
    "section",
    "step",
    "sub",
    "version",
    "webhook",
)
"""Parameters of paths that name nothing of a complaint, or no more than its number."""


@dataclass
class Readers:
    """`names`: the values of each parameter of a path that names something of the complaint."""

    office: Organisation
    number: str
    names: Mapping[str, Sequence[str]]
    link: str
    """Of the demand, with its receipt; empty if the demand is over."""
    members: Sequence[str]

    def found(self, texts: Sequence[str], language: str) -> dict[str, set[str]]:
        """By reader and route, the texts that the reader gets there."""
        places: dict[str, set[str]] = {}
        for place, answer in self._answers(language):
            if seen := {text for text in texts if text in answer}:
                places.setdefault(place, set()).update(seen)
        return places

    def _answers(self, language: str) -> Iterator[tuple[str, str]]:
        yield from self._by_programs()
        yield from self._pages("a stranger", Browser(in_process(self.office), language))
        yield from self._pages("complainant", self._complainant(language))
        if self.link:
            yield from self._pages("demand", self._at_demand(language))
        for who in self.members:
            yield from self._pages(who, at_the_desk(self.office, who, language=language))
        assert asked(self.office, self.number).status == 201
        yield from (("complainant copy", text) for one in stored(self.office, self.number) for text in spelled(one))

    def _by_programs(self) -> Iterator[tuple[str, str]]:
        found = {who: self.office.auth(who, self.number) for who in ("complainant", *self.members)}
        found |= {"a stranger": "", **({"demand": f"Receipt {self.link.partition('#')[2]}"} if self.link else {})}
        for contract in contracts(pages=False):
            for path in self._paths(contract):
                for who, auth in found.items():
                    answer = self.office.world.call("GET", path, auth=auth or None)
                    yield f"{who} {contract.path}", answer.text

    def _pages(self, who: str, browser: Browser) -> Iterator[tuple[str, str]]:
        """Feeds too, as the register offers them."""
        for contract in contracts(pages=True):
            for path in self._paths(contract):
                browser.open(path)
                yield f"{who} {contract.path}", browser.answer.text
                for feed in _FEED.findall(browser.answer.text):
                    address = urlsplit(feed.replace("&amp;", "&"))
                    answer = self.office.world.call("GET", f"{address.path}?{address.query}")
                    assert answer.status == 200, answer.text
                    yield f"{who} {address.path.replace(self.office.id, '{tenant}')}", answer.text

    def _paths(self, contract: Contract) -> Iterator[str]:
        paths = [contract.path]
        for name in _PARAMETER.findall(contract.path):
            paths = [one.replace(f"{{{name}}}", value) for one in paths for value in self.names.get(name, ())]
        yield from paths

    def _complainant(self, language: str) -> Browser:
        browser = Browser(in_process(self.office), language)
        browser.open(f"/t/{self.office.id}/case")
        browser.submit(number=self.number, receipt=self.office.filed[self.number].receipt)
        return browser

    def _at_demand(self, language: str) -> Browser:
        path, _, receipt = self.link.partition("#")
        browser = Browser(in_process(self.office), language)
        browser.open(urlsplit(path).path)
        if "receipt" in {one.name for form in browser.page.forms for one in form.controls}:
            browser.submit(receipt=receipt)
        return browser


def contracts(*, pages: bool) -> list[Contract]:
    """What an organisation lets people read."""
    return [one for one in app.app.all_contracts if one.page == pages and one.method == "GET" and one.tenanted]


def readers(office: Organisation, number: str, members: Sequence[str] = ()) -> Readers:
    """Made while the complaint can still be read: they know what it has. `members`: by default all."""
    path = f"/complaints/{number}"
    files = [one["id"] for one in office.get(f"{path}/evidence", "handler")["evidence"]]
    demand = str(office.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    stages = office.get("/policy", "owner")["policy"]["stages"].values()
    names = {
        "tenant": [office.id],
        "number": [number],
        "id": files,
        "file": files,
        "demand": [demand],
        "notice": [one["id"] for one in office.get(f"{path}/notices", "director")["notices"]],
        "form": [one["form"] for one in office.get(f"{path}/forms", "director")["forms"]],
        "act": sorted({act for stage in stages for act in stage.get("acts", stage)}),
        "unit": ["seller"],
        "subject": ["示例店铺"],
        "period": ["2026-11", "2026-12"],
    }
    link = office.world.call("GET", f"{office.path}{path}/demands/{demand}/link", auth=office.auth("handler"))
    page = link.json["page"] if link.status == 200 else ""
    return Readers(office, number, names, page, members or [*office.tokens])
