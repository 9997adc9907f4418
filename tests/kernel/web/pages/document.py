"""An HTML page as a browser without JavaScript understands it: texts, links, and forms with their values."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "col"})
_HEADINGS = ("h1", "h2", "h3")
_BLOCKS = frozenset({"p", "li", "dt", "dd", "legend", "label", "summary", "th", "td", *_HEADINGS})


@dataclass
class Control:
    """An input, text area, list or button. `value`: as it would be sent."""

    tag: str
    type: str
    name: str
    value: str
    checked: bool = False
    action: str = ""
    has_options: bool = False
    """Of a list: one of its options was read."""


@dataclass
class Form:
    action: str
    method: str
    id: str = ""
    controls: list[Control] = field(default_factory=list)

    def values(self) -> list[tuple[str, str]]:
        """What the form sends, without its buttons."""
        return [(one.name, one.value) for one in self.controls if one.name and _is_sent(one)]


def _is_sent(one: Control) -> bool:
    return one.tag != "button" and (one.type not in ("radio", "checkbox") or one.checked)


@dataclass
class Document(HTMLParser):
    """`texts`: of each block, in order. `unclosed`: elements that were not closed properly."""

    title: str = ""
    language: str = ""
    headings: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    _elsewhere: dict[str, list[Control]] = field(default_factory=dict)
    """By the id of a form that follows: the controls before it that belong to it."""
    _open: list[str] = field(default_factory=list)
    _area: Control | None = None
    _hidden: int = 0
    """The number of open elements at the first one that only modules show; 0 without one."""

    def __post_init__(self) -> None:
        super().__init__()

    def __hash__(self) -> int:
        return id(self)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        if tag not in _VOID:
            self._open.append(tag)
            self._hidden = self._hidden or ("hidden" in given and len(self._open))
        if self._hidden:
            return
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "form":
            own = self._elsewhere.pop(given.get("id", ""), [])
            self.forms.append(Form(given.get("action", ""), given.get("method", "get"), given.get("id", ""), own))
        if tag == "a":
            self.links.append((given.get("href", ""), ""))
        if tag in ("input", "textarea", "button", "select"):
            self._control(tag, given)
        if tag == "option":
            self._option(given)
        if tag in _BLOCKS:
            self.texts.append("")
        if tag in _HEADINGS:
            self.headings.append("")

    def _control(self, tag: str, given: dict[str, str]) -> None:
        found = Control(
            tag=tag,
            type=given.get("type", "submit" if tag == "button" else "text"),
            name=given.get("name", ""),
            value=given.get("value", ""),
            checked="checked" in given,
            action=given.get("formaction", ""),
        )
        if named := given.get("form"):
            form = next((one for one in self.forms if one.id == named), None)
            (self._elsewhere.setdefault(named, []) if form is None else form.controls).append(found)
        elif "form" in self._open:  # others are for modules
            self.forms[-1].controls.append(found)
        self._area = found if tag == "textarea" else None

    def _option(self, given: dict[str, str]) -> None:
        """A list sends the option that is selected, or else its first one."""
        chosen = self.forms[-1].controls[-1] if self.forms and self.forms[-1].controls else None
        if chosen is not None and chosen.tag == "select" and ("selected" in given or not chosen.has_options):
            chosen.value, chosen.has_options = given.get("value", ""), True

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> does not close what is open"
        self._hidden = self._hidden if len(self._open) >= self._hidden else 0

    def handle_data(self, data: str) -> None:
        if not self._open or self._hidden:
            return
        if self._open[-1] == "title":
            self.title += data
        if self._open[-1] == "textarea" and self._area is not None:
            self._area.value = data.removeprefix("\n").removeprefix("\n")
        if self._open[-1] == "a" and self.links:
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)
        if any(tag in _BLOCKS for tag in self._open) and self.texts:
            self.texts[-1] = f"{self.texts[-1]} {data.strip()}".strip()
        if any(tag in _HEADINGS for tag in self._open) and self.headings:
            self.headings[-1] = f"{self.headings[-1]} {data.strip()}".strip()


@lru_cache(maxsize=32)
def read(text: str) -> Document:
    """Cached: a test reads a page several times. It changes no document."""
    page = Document()
    page.feed(text)
    page.close()
    assert not page._open, page._open
    return page
