"""Texts of the first pages: of the service and of an organisation."""

from __future__ import annotations

TEXTS = {
    "home.title": ("让投诉按期得到处理", "Complaints, handled in time"),
    "home.lead": (
        "各单位按照自己的制度受理投诉。每一个期限都说明理由，每一步都有不可更改的记录。",
        "Each organisation handles complaints by its own procedure. Every deadline has its reasons, and every step is on a record that cannot be changed.",
    ),
    "home.complain": ("我要投诉", "I want to complain"),
    "home.complain_how": (
        "请从受理单位给您的链接进入。单位页面的地址形如：",
        "Use the link that the organisation gave you. An organisation's page has an address like this:",
    ),
    "home.run": ("我代表一个单位", "I represent an organisation"),
    "home.run_how": (
        "为本单位开通投诉服务，从九种现成的处理制度中选择一种，再按需要修改。",
        "Open a complaints service for your organisation: choose one of nine ready-made procedures and adapt it.",
    ),
    "home.procedures": ("九种现成的处理制度", "Nine ready-made procedures"),
    "home.api": ("接口文档", "Documentation of the API"),
    "org.title": ("{name}：投诉服务", "{name}: complaints"),
    "org.lead": ("依据《{policy}》受理和处理投诉。", "Complaints are handled by this procedure: {policy}."),
    "org.file": ("提交投诉", "File a complaint"),
    "org.file_how": ("约需五分钟，不需要账号。", "It takes about five minutes. You need no account."),
    "org.follow": ("查询进度、补充材料", "Follow a complaint or add evidence"),
    "org.follow_how": ("请准备好投诉编号和回执。", "Have your number and receipt ready."),
    "org.channels": ("受理渠道", "Ways to complain"),
    "org.handles": ("受理范围", "What can be complained about"),
    "org.promises": ("我们的办理期限", "How long it takes"),
    "org.step": ("环节", "Step"),
    "org.limit": ("期限", "Time limit"),
    "org.case": ("情形", "When"),
    "org.all_cases": ("所有投诉", "All complaints"),
    "org.some_cases": ("制度规定的情形", "In cases that the procedure states"),
    "org.closed_for_filing": (
        "目前不能在网上提交投诉。",
        "No complaint can be filed on this page at present.",
    ),
    "org.without_units": (
        "投诉须指明所涉单位，而本机构尚未登记单位，目前不能在网上提交投诉。请直接与本机构联系。",
        "A complaint must name a unit, and this organisation has not registered any yet. No complaint can be filed on this "
        "page at present. Please contact the organisation directly.",
    ),
}
