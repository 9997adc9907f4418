"""What stays in a mail as it is: the service's address, and what signs the reader in."""

from __future__ import annotations

import ast

from infra.checks import trees


def test_a_new_part_of_a_mail_loses_its_web_addresses_unless_it_is_listed_here() -> None:
    made = {
        (path.name, ast.unparse(node.args[0]))
        for path in trees.files("chalicelib")
        for node in trees.nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Own"
    }

    assert made == {
        ("send_mail.py", "page.address"),
        ("mail_receipt.py", "address"),
        ("replace_receipt.py", "address"),
        ("invitation_text.py", "address"),
        ("invitation_text.py", "email"),
        ("invitation_text.py", "invited.password"),
    }
