"""Every dependency has its reason in docs/development/dependencies.md, and is pinned with hashes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.nonempty import nonempty

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = {
    "requirements.in": "## Runtime",
    "requirements-dev.in": "## Development",
    "requirements-openapi-client.in": "## Client generator",
    "requirements-mutants.in": "## Mutation testing",
    "requirements-package.in": "## Packaging",
    "requirements-checkov.in": "## Policy checks",
}
PINNED = [name.replace(".in", ".txt") for name in SECTIONS]


def wanted(name: str) -> set[str]:
    lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if line and line[0] not in "#-"]
    return {re.split(r"[\[=<>~!]", line)[0].strip().lower() for line in lines}


def explained(section: str) -> dict[str, str]:
    text = (ROOT / "docs/development/dependencies.md").read_text("utf-8").partition(section)[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", text, re.MULTILINE))


@pytest.mark.parametrize(("name", "section"), SECTIONS.items())
def test_each_dependency_has_its_reason_and_each_reason_its_dependency(name: str, section: str) -> None:
    reasons = explained(section)
    assert set(reasons) == wanted(name)
    assert all(reason.endswith(".") for reason in nonempty(reasons.values()))


@pytest.mark.parametrize("name", PINNED)
def test_each_pin_has_a_hash(name: str) -> None:
    pins = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text("utf-8"), flags=re.IGNORECASE)[1:]
    assert pins
    assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize(("source", "name"), list(zip(SECTIONS, PINNED, strict=True)))
def test_each_dependency_is_pinned(source: str, name: str) -> None:
    pinned = set(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", (ROOT / name).read_text("utf-8"), re.MULTILINE))
    assert wanted(source) <= {each.lower() for each in pinned}


def pins(name: str) -> set[str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return {f"{package.lower()}=={version}" for package, version in found}


@pytest.mark.parametrize("name", ["requirements-dev.txt", "requirements-package.txt"])
def test_pins_of_tests_and_packaging_agree_with_what_is_deployed(name: str) -> None:
    assert pins("requirements.txt") <= pins(name)


def test_what_packages_is_not_deployed() -> None:
    """Chalice copies its own runtime into the code archive. Its command line would add 26 MB to the layer."""
    deployed = {pin.partition("==")[0] for pin in pins("requirements.txt")}
    assert deployed & {"chalice", "click", "inquirer", "pip", "setuptools", "wcwidth", "wheel"} == set()
