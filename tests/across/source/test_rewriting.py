"""`make test`: its processes share the rewriting of assertions (`tests/helpers/rewriting.py`)."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from _pytest.assertion import rewrite

from tests.helpers.rewriting import PRIVATE, pytest_collection

private: Any = rewrite
SOURCE = "def test_it(one=1):\n    assert one == 2\n"


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Those that pytest rewrites, beside one that it does not."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    (tmp_path / "deep").mkdir()
    found = [tmp_path / name for name in ("conftest.py", "deep/conftest.py", "deep/test_b.py", "test_a.py")]
    for path in [*found, tmp_path / "helper.py"]:
        path.write_text(SOURCE, "utf-8")
    return found


@pytest.fixture
def config(tmp_path: Path, pytestconfig: pytest.Config) -> Any:
    """Of a run for the folder of these modules."""
    given = pytestconfig.invocation_params
    return SimpleNamespace(
        args=[str(tmp_path)], getini=pytestconfig.getini, invocation_params=given, stash=pytestconfig.stash
    )


def before_collecting(config: Any, place: int = 0, of: int = 1) -> None:
    config.workerinput = {"workerid": f"gw{place}", "workercount": of}
    session: Any = SimpleNamespace(config=config)
    pytest_collection(session)


def kept(path: Path) -> Path:
    return path.with_name("__pycache__") / f"{path.stem}{private.PYC_TAIL}"


def test_each_process_rewrites_its_share(modules: list[Path], config: Any) -> None:
    before_collecting(config, 0, 2)
    assert [kept(path).exists() for path in modules] == [True, False, True, False]

    before_collecting(config, 1, 2)
    assert [kept(path).exists() for path in modules] == [True, True, True, True]


def test_a_module_that_pytest_does_not_rewrite_is_left_alone(modules: list[Path], config: Any) -> None:
    before_collecting(config)

    assert not kept(modules[0].with_name("helper.py")).exists()


def test_pytest_takes_the_byte_code(modules: list[Path], config: Any) -> None:
    before_collecting(config)

    [names] = {private._read_pyc(path, kept(path)).co_names for path in modules}
    assert "@pytest_ar" in names


def test_only_a_changed_module_is_rewritten_again(modules: list[Path], config: Any) -> None:
    before_collecting(config)
    earlier = [kept(path).stat().st_ino for path in modules]
    later = kept(modules[0]).stat().st_mtime + 1
    os.utime(modules[0], (later, later))

    before_collecting(config)

    assert [kept(path).stat().st_ino == before for path, before in zip(modules, earlier, strict=True)] == [
        False,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("source", ["def test_it(:\n", "\0", "def test_it():\n    assert (1, 'always true')\n"])
def test_a_wrong_module_is_left_to_pytest(modules: list[Path], config: Any, source: str) -> None:
    modules[0].write_text(source, "utf-8")

    before_collecting(config)

    assert [kept(path).exists() for path in modules] == [False, True, True, True]


@pytest.mark.parametrize("name", PRIVATE)
def test_without_a_function_of_pytest_nothing_is_shared(
    modules: list[Path], config: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delattr(rewrite, name)

    before_collecting(config)

    assert list(modules[0].parent.rglob("__pycache__")) == []


def test_plain_assertions_are_left_alone(modules: list[Path], config: Any) -> None:
    """`--assert=plain`"""
    config.stash = pytest.Stash()

    before_collecting(config)

    assert list(modules[0].parent.rglob("__pycache__")) == []


def test_a_process_that_runs_alone_collects_at_once(modules: list[Path], config: Any) -> None:
    session: Any = SimpleNamespace(config=config)

    pytest_collection(session)

    assert list(modules[0].parent.rglob("__pycache__")) == []
