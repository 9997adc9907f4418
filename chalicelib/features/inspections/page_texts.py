"""The texts of an inspection's page, in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "title": "投诉管理制度执行情况检查报告",
        "period": "检查周期",
        "edition": "版次",
        "former": "上一版",
        "produced": "生成时间",
        "fresh": "数据截至",
        "due": "审阅期限",
        "policies": "周期内施行的制度版本",
        "since": "第{version}版（自{since}起）",
        "definition": "统计口径",
        "hash": "文件摘要（SHA-256）",
        "zone": "日期和时间均为{zone}。",
        "of_times": "用时为工作时间，以分钟计：件数、中位数、90%分位数。",
        "of_shares": "比例写作“件数 / 总数（百分比）”。",
        "left_out": "另有 {count} 行未列出。",
        "none": "本周期没有记录。",
        "absent": "（未填写）",
        "value": "数值",
        "measure": "指标",
        "chart": "图：{measure}（{by}）",
        "definitions": "指标的定义",
    },
    "en": {
        "title": "Inspection report on the complaint procedure",
        "period": "Period",
        "edition": "Edition",
        "former": "Former edition",
        "produced": "Produced",
        "fresh": "Counted until",
        "due": "To be reviewed by",
        "policies": "Policy versions in force",
        "since": "version {version} (from {since})",
        "definition": "Definition of the figures",
        "hash": "SHA-256 of the document",
        "zone": "All days and times are {zone}.",
        "of_times": "Times are working time in minutes: count, median, 90th percentile.",
        "of_shares": "A share is written as count / total (percent).",
        "left_out": "Rows left out: {count}.",
        "none": "Nothing is on record for this period.",
        "absent": "(none)",
        "value": "Value",
        "measure": "Measure",
        "chart": "Chart: {measure}, by {by}",
        "definitions": "Definitions of the measures",
    },
}
REPORTS: dict[str, dict[str, str]] = {
    "zh": {
        "inflow": "受理情况",
        "results": "处理结果",
        "deadlines": "期限执行情况",
        "workload": "工作量",
        "indicators": "异常指标",
    },
    "en": {
        "inflow": "Inflow",
        "results": "Results",
        "deadlines": "Deadlines",
        "workload": "Workload",
        "indicators": "Indicators of gaming",
    },
}
PLACES: dict[str, dict[str, str]] = {
    "zh": {
        "within": "",
        "above_95": "偏高（95%界限外）",
        "above_99_8": "明显偏高（99.8%界限外）",
        "below_95": "偏低（95%界限外）",
        "below_99_8": "明显偏低（99.8%界限外）",
    },
    "en": {
        "within": "",
        "above_95": "high (beyond 95 %)",
        "above_99_8": "very high (beyond 99.8 %)",
        "below_95": "low (beyond 95 %)",
        "below_99_8": "very low (beyond 99.8 %)",
    },
}
