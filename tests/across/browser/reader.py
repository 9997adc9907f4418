"""A person in a real browser: fills in forms, and every page that they see is examined."""

from __future__ import annotations

from copy import copy
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

ANSWERS = {
    "datetime-local": "2026-11-26T10:00",
    "date": "2026-11-26",
    "number": "3",
    "email": "a@example.com",
    "tel": "00000000000",
}
"""By type of the input."""
FUTURE = "2027-03-01T10:00"
TEXT = "排队三小时无人受理。"
WAITS = 60_000
"""Milliseconds, enough on two busy cores."""
AXE = Axe()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules of axe-core that pages keep."""
VIOLATIONS = "options => axe.run(options).then(found => found.violations)"
"""Without the rules that the page keeps, which are most of the answer."""
KINDS = """[...document.querySelectorAll('*')].map(one => [
    one.parentElement?.tagName, one.tagName, one.className, one.type, one.role, one.lang, !one.textContent.trim(),
    ...one.getAttributeNames()
].join(' '))"""
"""What rules ask of an element: where it is, its attributes, and whether it has a text."""
_REPORTED = (
    *("the server responded with a status of 4", "the server responded with a status of 503"),
    *("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED"),
)
"""Chromium reports on the console: the answer to a wrong form, a missing page, an outage and a connection that a test
interrupts."""


DONE_NOTICE = "main p.notice[role=status]"
"""What the page says after an act."""


class Reader:
    """`faults`: what the browser reported since the last look. `rules`: whether pages are tried with axe-core.

    `tried`: the kinds of elements of the pages that were tried, for all readers who share it. A page without another
    kind is not tried again. None: each page is tried. `zoom`: as the browser's menu does it.
    """

    def __init__(
        self,
        chromium: Browser,
        url: str,
        *,
        language: str,
        width: int,
        scripts: bool,
        scheme: str = "light",
        rules: bool = True,
        tried: set[str] | None = None,
        zoom: int = 1,
    ) -> None:
        self.url = url
        self.scripts = scripts
        self.rules = rules
        self._tried = tried
        context = chromium.new_context(
            locale=language,
            viewport={"width": width // zoom, "height": 800 // zoom},
            device_scale_factor=zoom,
            java_script_enabled=scripts,
            timezone_id="Asia/Shanghai",
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        context.set_default_timeout(WAITS)
        self.faults: list[str] = []
        self.buckets: list[str] = []
        """The origins of the bucket, which only the pages of files lead to."""
        self.page: Page = self._new_page(context)

    def _new_page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("console", self._reported)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._requested)
        return page

    def reopen(self) -> None:
        """Closes the page and opens an empty one. The browser keeps what pages have stored."""
        self.page.close()
        self.page = self._new_page(self.page.context)

    def tab(self) -> Reader:
        """Another tab of the same browser."""
        other = copy(self)
        other.faults = []
        other.page = other._new_page(self.page.context)
        return other

    def open(self, path: str, status: int = 200) -> None:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == status
        self.look()

    def press(self, selector: str) -> None:
        """Looks at the page that follows, once it is loaded."""
        with self.page.expect_navigation():
            self.page.click(selector)
        self.look()

    def press_twice(self, selector: str, until: str) -> None:
        """The second click can abort the navigation of the first one, so this waits for an element of what follows."""
        self.page.dblclick(selector)
        self.page.wait_for_selector(until)
        self.look()

    def look(self) -> None:
        """The page fits its width, breaks no rule of accessibility, and the browser reports nothing.

        Without scripts, the browser cannot be asked for the first two.
        """
        assert self.faults == [], self.page.url
        if not self.scripts:
            return
        width = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], (self.page.url, width)
        if self.rules and self._is_new():
            self.page.evaluate(AXE.axe_script)
            found = self.page.evaluate(VIOLATIONS, {"runOnly": STANDARDS, "resultTypes": ["violations"]})
            assert [_violation(one) for one in found] == [], self.page.url

    def _is_new(self) -> bool:
        if self._tried is None:
            return True
        kinds = set(self.page.evaluate(KINDS))
        if kinds <= self._tried:
            return False
        self._tried |= kinds
        return True

    def has(self, selector: str) -> bool:
        """A locator, as `query_selector` loads Playwright's script into each page once more, for 0.05 s."""
        return self.page.locator(selector).count() > 0

    def answer(self, without: str = "") -> None:
        """Answers every input of the page that has no answer yet, or a refused one.

        A time that was given and refused must lie in the future. `without`: inputs of this type stay empty.
        """
        for group in self.page.locator("fieldset").all():
            if not group.locator("input:checked").count():
                group.locator("input").first.check()
        for one in self.page.locator("input:not([type=hidden], [type=radio], [type=checkbox]), textarea").all():
            type_, name = one.get_attribute("type") or "", one.get_attribute("name") or ""
            is_answered, is_wrong = bool(one.input_value()), one.get_attribute("aria-invalid")
            if (without and type_ == without) or (is_answered and not is_wrong):
                continue
            is_refused = type_ == "datetime-local" and is_wrong and is_answered
            answer = FUTURE if is_refused else ANSWERS.get("tel" if name.endswith(".contact") else type_, TEXT)
            one.fill(answer)

    def _reported(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(one in message.text for one in _REPORTED):
            self.faults.append(message.text)

    def _requested(self, request: Any) -> None:
        if not request.url.startswith((self.url, "data:", *self.buckets)):
            self.faults.append(f"asked another host: {request.url}")


def _violation(one: dict[str, Any]) -> tuple[str, str]:
    return one["id"], one["nodes"][0]["html"][:200]
