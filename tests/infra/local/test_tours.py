"""The tour of the README by links, its pictures, and the tour of the API (`docs/api-tour.md`)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.checks.trees import ROOT
from tests.across.browser.readme_pictures import PICTURES
from tests.clauses.local_stack import LocalStack, local_stack
from tests.helpers.nonempty import nonempty
from tests.infra.local.test_sign_in import Http

README = (ROOT / "README.md").read_text("utf-8")
API_TOUR = (ROOT / "docs" / "api-tour.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8000"
PICTURE = re.compile(r"!\[([^\]]+)\]\((\S+)\)")
ALTERNATIVE = range(60, 250)
"""Characters: what the picture shows, in a sentence or two."""


def links() -> list[str]:
    tour = README.partition("## A tour of five minutes")[2].partition("\n## ")[0]
    return [found.rstrip(".,:") for found in re.findall(rf"{ADDRESS}(/\S*)", tour)]


def test_each_link_of_the_tour_leads_to_its_page(stack: LocalStack) -> None:
    """In their order: those to sign in lead to the queue, whose pages the following links are."""
    browser = Http(stack)
    for link in nonempty(links()):
        browser.ask(link)
        expected = "/t/demo-platform/desk" if "sign-in" in link else link
        assert (browser.url, browser.status) == (stack.url + expected, 200)


def test_the_pictures_are_those_that_are_written_and_each_says_what_it_shows() -> None:
    found = {place: words for words, place in PICTURE.findall(README)}

    assert list(found) == [f"docs/images/{name}.png" for name in PICTURES]
    assert [place for place, words in found.items() if len(words) not in ALTERNATIVE] == []
    assert [place for place in found if not (ROOT / place).exists()] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_lines_of_the_tour_of_the_api_work(tmp_path: Path) -> None:
    [lines] = re.findall(r"```sh\n(.*?)```", API_TOUR, re.DOTALL)
    with local_stack(tmp_path, "2026-11-27T09:00:00+08:00", "corporate-standard") as stack:
        script = f"set -eu\n{lines.replace(ADDRESS, stack.url)}"
        ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "refused" not in ran.stdout
    assert '"intact":true' in ran.stdout
    assert '"status":422' in ran.stdout
