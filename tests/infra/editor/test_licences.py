"""The bundle of the editor has the licences of the packages in it."""

from __future__ import annotations

import json

import pytest

from infra.editor import __main__ as editor

BUNDLER = "esbuild"
LOCKED = json.loads((editor.HERE / "package-lock.json").read_text("utf-8"))["packages"]
PACKAGES = {
    path.rpartition("node_modules/")[2]: about["version"]
    for path, about in LOCKED.items()
    if path and BUNDLER not in path
}


@pytest.fixture(scope="module")
def banner() -> str:
    assert editor.main() == 0
    text = editor.BUNDLE.read_text("utf-8")
    assert text.startswith("/*!")
    return text[: text.index("*/")]


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES)
def test_the_bundle_names_each_package_with_its_licence(banner: str, package: str) -> None:
    licence = (editor.npm_packages() / package / "LICENSE").read_text("utf-8").strip()

    assert f"{package} {PACKAGES[package]}" in banner
    assert "Permission is hereby granted, free of charge" in licence
    assert licence in banner
