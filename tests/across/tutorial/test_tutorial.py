"""A reader who does what the tutorial says sees what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.across.tutorial.page import PAGE, ROOT, SENTENCES, STACK, Block, agrees, blocks, policies
from tests.infra.test_run import free_port, until

SETTINGS = dict(re.findall(r"(\w+)=(\S*)", re.findall(r"^make run (.*)$", PAGE, re.M)[0]))
PATIENCE = 400
"""Seconds for all commands of the page together, on a busy machine."""
MAKE = 'make() { (cd "$ROOT" && "$PYTHON" -m infra.commands.check_policy "$HERE/${2#FILE=}") | sed "s|$HERE/||"; }\n'
"""`make check-policy FILE=`, without the installation of packages."""
PYTHON3 = 'python3() { "$PYTHON" -IS "$@"; }\n'
"""The reader's interpreter, without what it reads when it starts: the page starts it some hundred times."""
END = "--- end of block"
pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="the reader of the tutorial has curl")
_SH = [block for block in blocks() if block.kind == "sh"]


class Seen(NamedTuple):
    block: Block
    printed: str
    shown: str


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = tmp_path_factory.mktemp("stack")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PORT": str(port), **SETTINGS}
    command = [sys.executable, "-u", "-m", "infra.local"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert "Press Ctrl-C to stop it." in until(process, "Press Ctrl-C to stop it.")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


@pytest.fixture(scope="module")
def seen(stack: str, tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """What each block of commands prints, in one shell, while the file grows block by block."""
    folder = tmp_path_factory.mktemp("tutorial")
    script = [f"PYTHON={sys.executable} ROOT={ROOT} HERE={folder}\n", MAKE, PYTHON3]
    written = iter(range(len(policies())))
    for block in blocks():
        if block.kind == "yaml" and block.title != SENTENCES:
            script.append(f"cp {_saved(folder, next(written))} parcel.yaml\n")
        if block.kind == "sh":
            script.append(f"{block.text.replace(STACK, stack)}echo '{END}'\n")
    command = ["bash", "-c", "".join(script)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.stderr == ""
    printed = done.stdout.split(f"{END}\n")
    shown = _shown()
    return [Seen(block, printed[at], shown[at]) for at, block in enumerate(_SH)]


def _saved(folder: Path, number: int) -> Path:
    path = folder / f"{number}.yaml"
    path.write_text(policies()[number], "utf-8")
    return path


def _shown() -> list[str]:
    """The output that the page shows after each block of commands; empty if it shows none."""
    found: list[str] = []
    for block in blocks():
        if block.kind == "sh":
            found.append("")
        elif block.kind == "text":
            found[-1] = block.text
    return found


@pytest.mark.slow
def test_the_commands_print_what_the_page_shows(seen: list[Seen]) -> None:
    """One test for all: each process of a parallel run would start a stack of its own."""
    differ = [(one.block.title, agrees(one.shown, one.printed), one.printed) for one in seen]

    assert [one for one in differ if one[1]] == []
    assert [one.block.title for one in seen if one.printed and not one.shown] == []


def test_every_block_of_the_page_is_used() -> None:
    """The other blocks start the service, and show what runs before it."""
    used = list(blocks())

    assert {block.kind for block in used} == {"yaml", "sh", "text"}
    assert len(used) + 1 == len(re.findall(r"^ *```", PAGE, re.M)) // 2
    assert PAGE.count("```text") == sum(bool(shown) for shown in _shown())
