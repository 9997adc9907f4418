"""Texts about inspections."""

TEXTS = {
    "The figures of this period are still being counted. Repeat the request later.": (
        "该周期的数据仍在统计，请稍后再试。"
    ),
    "the period {name} has not ended": "周期 {name} 尚未结束",
    "the organisation did not exist in the period {name}": "周期 {name} 时本机构尚未开通",
    "There is nothing to inspect in this period.": "该周期没有可检查的内容。",
    "A period has at most {most} editions.": "每个周期最多生成 {most} 版。",
    "Only the organisation's owners, and roles that its policy names for the whole of it, may do this.": (
        "只有机构管理员，以及制度指定的、对整个机构有授权的角色，才能进行这项操作。"
    ),
    "There is no such inspection.": "没有这份检查报告。",
    "must be a year, a quarter or a month": "必须是年、季度或月份",
    "This is no period.": "这不是一个周期。",
}
"""Keyed by the English text or its template."""
