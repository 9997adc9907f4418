"""Texts about what organisations publish: notices and figures."""

TEXTS = {
    "The figures are as published, or differ by too little to be corrected.": (
        "数据与已公布的一致，或相差太小，不能更正。"
    ),
    "There are no such figures.": "没有这些统计数据。",
    "There is no such notice.": "没有这则公示。",
    "There is no such act on a notice.": "对公示没有这项操作。",
    "This act on the notice is not yours to do.": "您不能对这则公示进行这项操作。",
    "This act is not open in the notice's present state.": "公示目前的状态不允许这项操作。",
    "The fields do not fit the act.": "填写的内容与操作不符。",
    "is no field of this act": "不是这项操作的内容",
    "Consent names fields that need it.": "只能对需要同意的内容表示同意。",
    "needs no consent": "不需要同意",
    "Only texts that the policy shows can be changed.": "只能修改制度规定公示的文字。",
    "is no text of the notice": "不是公示中的文字",
    "The text of the notice has changed. Read `notice`, and answer with its `sha256`.": (
        "公示的文字已修改。请查看 `notice`，并凭其中的 `sha256` 重新答复。"
    ),
    "A text is invalid.": "文字无效。",
    "A text for publication must not name particulars of the case.": "公示的文字不得含有案件的个人信息。",
    "names a particular of the case: characters {first} to {last}": "含有案件的个人信息：第 {first} 至第 {last} 个字符",
    "A text for publication may name particulars. Check them, and send `checked`.": (
        "公示的文字可能含有个人信息，请核对后提交 `checked`。"
    ),
    "may name a particular: characters {first} to {last}; check them": (
        "可能含有个人信息：第 {first} 至第 {last} 个字符，请核对"
    ),
    "Others acted on the notice at the same time. Look at it again and repeat.": (
        "其他人同时操作了这则公示，请重新查看后再试。"
    ),
}
"""Keyed by the English text or its template."""
