"""`make audit` reports vulnerable packages and packages that could not be checked."""

from __future__ import annotations

from typing import Any

from infra.checks.audit import FOUND, NOT_AUDITED, verdict

SOUND = {"name": "sound", "version": "1.0", "vulns": []}
HOLED = {"name": "holed", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found on PyPI and could not be audited: unknown (3.0)"}


def said(*audited: dict[str, Any]) -> tuple[str, int]:
    lines, code = verdict("requirements.txt", list(audited))
    return "\n".join(lines), code


def test_without_known_vulnerabilities_it_succeeds() -> None:
    assert said(SOUND, SOUND) == ("requirements.txt: 2 packages, none with a known vulnerability", 0)


def test_a_vulnerability_fails_it_and_names_the_fixed_version() -> None:
    assert said(SOUND, HOLED) == ("holed 2.0: PYSEC-1, fixed in 2.1", FOUND)


def test_an_unchecked_package_is_no_success() -> None:
    text, code = said(SOUND, UNKNOWN)
    assert code == NOT_AUDITED
    assert "NOT AUDITED: no advisories reached for 1 of 2 packages" in text
    assert "none with a known vulnerability" not in text


def test_a_vulnerability_takes_precedence_over_an_unchecked_package() -> None:
    text, code = said(HOLED, UNKNOWN)
    assert code == FOUND
    assert "NOT AUDITED" in text


def test_an_empty_list_of_packages_is_no_success() -> None:
    assert said()[1] == NOT_AUDITED
