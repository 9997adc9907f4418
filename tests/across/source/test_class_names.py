"""A class name has one home, so that a search for the name finds one thing."""

from __future__ import annotations

import ast
from collections import defaultdict

from infra.checks import trees


def test_no_two_modules_of_the_program_define_classes_of_the_same_name() -> None:
    homes = defaultdict[str, set[str]](set)
    for path in trees.files("chalicelib", "infra", "benchmarks"):
        for node in trees.nodes(path):
            if isinstance(node, ast.ClassDef):
                homes[node.name].add(str(path.relative_to(trees.ROOT)))

    assert len(homes) > 1_100
    assert {name: sorted(found) for name, found in homes.items() if len(found) > 1} == {}
