"""The form of an address by which mails are counted: one for all spellings of one mailbox."""

from __future__ import annotations

import pytest

from chalicelib.kit.email_address import mailbox


@pytest.mark.parametrize(
    "spelling",
    [
        "a@shop.example",
        "A@Shop.Example",
        " a@shop.example ",
        "a+1@shop.example",
        "a+1+2@shop.example",
        "a+@shop.example",
        "a@shop.example.",
        "ａ@ｓｈｏｐ．ｅｘａｍｐｌｅ",
        "a＋1＠shop。example",
    ],
)
def test_spellings_of_one_mailbox_are_one(spelling: str) -> None:
    assert mailbox(spelling) == "a@shop.example"


@pytest.mark.parametrize(
    ("spelling", "same"),
    [
        ("a@b\N{LATIN SMALL LETTER U WITH DIAERESIS}cher.example", "a@xn--bcher-kva.example"),
        ("a@B\N{LATIN CAPITAL LETTER U WITH DIAERESIS}CHER.example", "a@XN--BCHER-KVA.example"),
        ("l.i.n@gmail.com", "lin@gmail.com"),
        ("lin+x@googlemail.com", "lin@gmail.com"),
    ],
)
def test_encodings_of_a_domain_and_dots_at_gmail_do_not_count(spelling: str, same: str) -> None:
    assert mailbox(spelling) == mailbox(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a@shop.example", "b@shop.example"),
        ("a@shop.example", "a@shop2.example"),
        ("l.in@shop.example", "lin@shop.example"),
        ("+1@shop.example", "+2@shop.example"),
        ("a@" + "\N{LATIN SMALL LETTER U WITH DIAERESIS}" * 70 + ".example", "a@shop.example"),
    ],
)
def test_other_addresses_count_separately(one: str, other: str) -> None:
    assert mailbox(one) != mailbox(other)
