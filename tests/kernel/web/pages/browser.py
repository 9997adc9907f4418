"""A browser without JavaScript, for the pages of the app in process: it keeps cookies and follows redirects."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.across.leaks import planted
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.identity import ISSUER_PAGES
from tests.kernel.web.pages.document import Control, Document, Form, read

ADDRESS = "https://redress.example"
"""The public address of the app in process."""
FORM = "application/x-www-form-urlencoded"


class Browser:
    """`language`: as the browser prefers it. `visited`: every path with query that it asked for."""

    def __init__(self, world: InProcess, language: str = "zh") -> None:
        self.world = world
        self.language = language
        self.cookies: dict[str, tuple[str, str]] = {}
        self.visited: list[str] = []
        self.set_cookies: list[str] = []
        """Each header that has set a cookie."""
        self.email = ""
        """Who signs in where the pages lead to the issuer. Empty: the browser stays there."""
        self.path = ""
        self.answer = Answer(0, {}, "")

    def continue_from(self, other: Browser) -> None:
        """Shows the page of another browser, with its cookies."""
        self.cookies, self.visited = dict(other.cookies), list(other.visited)
        self.path, self.answer = other.path, other.answer

    @property
    def session(self) -> tuple[str, tuple[str, str]]:
        """The cookie of the complaint, demand or report that is open: its key, its value and its path."""
        [found] = [(key, kept) for key, kept in self.cookies.items() if not key.startswith("draft-")]
        return found

    @property
    def page(self) -> Document:
        return read(self.answer.text)

    def open(self, path: str) -> Document:
        return self._go("GET", path, None)

    def follow(self, text: str) -> Document:
        """Follows the link with this text."""
        found = [href for href, words in self.page.links if words.strip() == text]
        assert len(found) == 1, (text, self.page.links)
        return self.open(found[0])

    def submit(
        self, *, button: str | None = None, form: int = 0, origin: str | None = ADDRESS, **values: str | list[str]
    ) -> Document:
        """Fills a form in and presses a button: the first, or the one whose value this is.

        `values`: by the name of the input, with `__` for a dot.
        """
        chosen = self.page.forms[form]
        given = {name.replace("__", "."): value for name, value in values.items()}
        unknown = given.keys() - {one.name for one in chosen.controls}
        assert not unknown, unknown
        pressed = _button(chosen, button)
        sent = [(name, value) for name, value in chosen.values() if name not in given]
        sent += [(name, one) for name, value in given.items() for one in ([value] if isinstance(value, str) else value)]
        sent += [(pressed.name, pressed.value)] if pressed.name else []
        return self._go("POST", pressed.action or chosen.action, urlencode(sent).encode(), origin)

    def resend(self, values: list[tuple[str, str]]) -> Document:
        """Sends the form of the page with these values alone, as a module does with a draft."""
        return self._go("POST", self.page.forms[0].action, urlencode(values).encode(), ADDRESS)

    def ask(self, path: str, body: list[tuple[str, str]] | None = None, *, origin: str = ADDRESS) -> Answer:
        """As a module of the open page asks its own service."""
        shown = self.path, self.answer
        self._go("GET" if body is None else "POST", path, None if body is None else urlencode(body).encode(), origin)
        answer, (self.path, self.answer) = self.answer, shown
        return answer

    def _go(self, method: str, path: str, body: bytes | None, origin: str | None = None) -> Document:
        headers = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": self.language}
        kept = "; ".join(f"{name}={value}" for (name, value) in self._cookies_for(path))
        headers |= {"Cookie": kept} if kept else {}
        headers |= {"Content-Type": FORM} if body is not None else {}
        headers |= {"Origin": origin} if method == "POST" and origin else {}
        self.visited.append(path)
        self.path = path
        self.answer = self.world.client.request(method, path, body, headers=headers)
        self.world.settle()
        self._keep_cookie(self.answer.headers.get("Set-Cookie", ""))
        if self.answer.status == 303 and (following := self._following(self.answer.headers["Location"])):
            return self._go("GET", following, None)
        if 'class="faults"' in self.answer.text and "/desk/" not in path:
            _check_order(self.answer.text)
        if (
            "/desk/" not in path
            and not path.startswith("/docs")
            and self.answer.headers.get("Content-Type", "").startswith("text/html")
        ):
            _check_zone(self.answer.text)
        for receipt in re.findall(r'class="secret">([^<]+)<', self.answer.text):
            planted.plant_secret("receipt", receipt)
        return self.page

    def _following(self, location: str) -> str:
        """The path to which an answer leads, also over the issuer; empty if the browser stays at the issuer."""
        if location.startswith(f"{ISSUER_PAGES}/logout?"):
            [location] = parse_qs(urlsplit(location).query)["logout_uri"]
        elif location.startswith(ISSUER_PAGES):
            if not self.email:
                return ""
            location = self.world.fakes.issuer.sign_in(location, self.email)
        return urlsplit(location)._replace(scheme="", netloc="", fragment="").geturl()

    def _cookies_for(self, path: str) -> list[tuple[str, str]]:
        bare = urlsplit(path).path
        return [
            (name.partition(" ")[0], value)
            for name, (value, where) in self.cookies.items()
            if bare == where or bare.startswith(where.rstrip("/") + "/")
        ]

    def _keep_cookie(self, header: str) -> None:
        self.set_cookies += [header] if header else []
        for name, morsel in SimpleCookie(header).items():
            key = f"{name} {morsel['path']}"
            if morsel["max-age"] == "0":
                self.cookies.pop(key, None)
            else:
                self.cookies[key] = morsel.value, morsel["path"]
                if morsel["path"] == "/":  # those of people who sign in
                    planted.plant_secret("cookie", morsel.value)


def _button(form: Form, value: str | None) -> Control:
    """One without a button is sent with the Enter key."""
    buttons = [one for one in form.controls if one.tag == "button"]
    if not buttons:
        return Control(tag="button", type="submit", name="", value="")
    return buttons[0] if value is None else next(one for one in buttons if one.value == value)


def _check_zone(page: str) -> None:
    """A page with a time of day says in which zone it is, in the part that the screen shows."""
    shown = re.sub(r'(?s)<div class="paper">.*?</div>|<[^>]*>', " ", page)
    if re.search(r"\b(?:[01][0-9]|2[0-4]):[0-5][0-9]\b", shown):
        assert "时间均为" in shown or "All times on this page are" in shown, shown


def _check_order(text: str) -> None:
    """The summary of the faults has them in the order of the page, on every public page that a test reads."""
    summary = text.partition('class="faults"')[2].partition("</ul>")[0]
    places = [text.find(f'id="{name}"') for name in re.findall(r'href="#([^"]+)"', summary)]
    known = [place for place in places if place >= 0]
    assert known == sorted(known), summary
