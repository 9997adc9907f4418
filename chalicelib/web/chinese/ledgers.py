"""Texts about ledgers."""

TEXTS = {
    "Only the roles that keep this ledger, and the owners, may read it.": "只有管理此台帐的角色和机构管理员才能查阅。",
    "The policy has no such ledger.": "制度中没有这个台帐。",
    "There is no such month of this ledger.": "此台帐没有该月份的存档。",
}
"""Keyed by the English text or its template."""
