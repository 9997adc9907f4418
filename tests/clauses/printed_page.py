"""A printed form as a reader sees it: its headings with their values, taken from the page's HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer

_VOID = frozenset({"meta", "col"})


@dataclass
class PrintedPage(HTMLParser):
    """`sections`: by heading, the labels of the section's lines. `values`: by label, the texts of its line."""

    sections: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def __hash__(self) -> int:
        return id(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in _VOID:
            self._open.append((tag, dict(attrs).get("class") or ""))
        if tag == "li":
            self._values().append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if not data.strip() or not tags:
            return
        if tags[-1] == "h1":
            self.title = data
        elif tags[-1] == "th" and self._open[-1][1] == "section":
            self.sections[data] = []
        elif tags[-1] == "th":
            self.sections = self.sections or {"": []}
            self.sections[list(self.sections)[-1]].append(data)
            self.values[data] = []
        elif "tbody" in tags and "td" in tags:
            self._add(data.strip())

    def _values(self) -> list[str]:
        return self.values[list(self.values)[-1]]

    def _add(self, text: str) -> None:
        found = self._values()
        if not found:
            found.append("")
        found[-1] = f"{found[-1]} {text}".strip()


def read(text: str) -> PrintedPage:
    page = PrintedPage()
    page.feed(text)
    page.close()
    return page


def ask(organisation: Organisation, number: str, form: str, who: str, language: str | None = None) -> Answer:
    path = f"{organisation.path}/complaints/{number}/forms/{form}"
    headers = None if language is None else {"Accept-Language": language}
    return organisation.world.call("GET", path, auth=organisation.auth(who, number), headers=headers)


def printed(organisation: Organisation, number: str, form: str, who: str, language: str | None = None) -> PrintedPage:
    answer = ask(organisation, number, form, who, language)
    assert answer.status == 200, answer.text
    return read(answer.text)
