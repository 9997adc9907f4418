"""Texts about organisations, their people, units and plans."""

TEXTS = {
    "No active organisation has this id.": "没有使用此标识的在用机构。",
    "There is no such organisation.": "没有这个机构。",
    "No organisation with this id was erased.": "没有删除过使用此标识的机构。",
    "You are not a member of this organisation.": "您不是该机构的成员。",
    "The organisation has left. Its data can no longer be read.": "该机构已退出，其数据无法再读取。",
    "Its owner has not opened it yet.": "机构管理员尚未开通该机构。",
    "The organisation accepts no changes at the moment.": "该机构目前不接受更改。",
    "Nothing can be written here for the time being.": "目前不能在此写入。",
    "The organisation is {state}.": "该机构的状态为：{state}。",
    "Only the organisation's owners may do this.": "只有机构管理员可以执行此操作。",
    "Only the organisation's owners may see this.": "只有机构管理员可以查看。",
    "Only the organisation's owners and its policy's auditors may read its record.": (
        "只有机构管理员和制度指定的审计人员可以查阅机构记录。"
    ),
    "Others changed the organisation at the same time. Repeat the request.": "他人同时修改了该机构，请重复该请求。",
    "The organisation's erasure has begun.": "该机构的数据已开始删除。",
    "Complaints are under a legal hold. Release them first.": "有投诉处于法律保全状态，请先解除保全。",
    "Confirm with the organisation's id.": "请用机构标识确认。",
    "The organisation's plan takes no more complaints this month.": "机构套餐本月的投诉数量已用尽。",
    "The organisation's plan allows {most} {limit}.": "机构的套餐最多允许 {most} {limit}。",
    "There is no such export, or it is older than seven days.": "没有这次导出，或已超过七天。",
    "The organisation has no such job.": "该机构没有这个作业。",
    "Only owners may see jobs.": "只有机构管理员可以查看作业。",
    "Only owners may see effects.": "只有机构管理员可以查看投递情况。",
    "The id is invalid.": "标识不正确。",
    "The id is reserved by the service.": "该标识由本服务保留。",
    "choose another": "请另选一个",
    "must have 3 to 40 characters of a-z, 0-9 and -": "须为 3 至 40 个字符，只能用 a-z、0-9 和 -",
    "must have 1 to 40 characters of a-z, 0-9, - and _": "须为 1 至 40 个字符，只能用 a-z、0-9、- 和 _",
    "must be given if there is no `policy`, and only then": "没有 `policy` 时必填，有则不能填",
    "This id is taken. Choose another.": "该标识已被占用，请另选一个。",
    "Other requests reserved the same id at the same time. Repeat the request.": (
        "其他请求同时占用了同一标识，请重复该请求。"
    ),
    "Another unit has this id.": "另一单位已使用该标识。",
    "There is no such unit.": "没有这个单位。",
    "is not one of the units": "不是机构的单位",
    "The organisation has no such unit.": "该机构没有这个单位。",
    "Nothing has happened about this unit.": "该单位没有任何记录。",
    "The unit has changed since you looked.": "您查看之后，该单位已有变化。",
    "This act is not open for the unit.": "目前不能对该单位执行此操作。",
    "Others acted on the unit at the same time. Look at it again and repeat.": (
        "他人同时对该单位进行了操作。请重新查看后再操作。"
    ),
    "Others counted against the unit at the same time.": "其他请求同时对该单位计分。",
    "An account has this address but has not confirmed it.": "已有账户使用该地址，但尚未确认。",
    "This person is not a member of the organisation.": "此人不是该机构的成员。",
    "is not a member of the organisation": "不是该机构的成员",
    "This person is already a member, with other grants. Change the grants instead.": (
        "此人已是成员，但授权不同。请改为修改其授权。"
    ),
    "This person is the last owner. Make another person an owner first.": (
        "此人是最后一名机构管理员，请先将另一人设为机构管理员。"
    ),
    "Some grants are invalid.": "有些授权不正确。",
    "The organisation's policy has no such role.": "机构的制度中没有这个角色。",
    "An owner's grant is for the whole organisation.": "机构管理员的授权须针对整个机构。",
    "A respondent's grant is for one unit.": "被投诉方的授权须针对一个单位。",
    "The invitation could not be sent.": "邀请未能发送。",
    "The name is invalid.": "名称不正确。",
    "must not contain a web address": "不得包含网址",
    "The account could not be created.": "账号未能创建。",
    "is not accepted by the account service": "账号服务不接受该值",
    "the mail service returned an earlier mail, so no more mail is sent to this address": (
        "此前发往该地址的邮件被退回，不再向其发送邮件"
    ),
    "the mail service rejects this address": "邮件服务拒绝该地址",
    "The appointment is invalid.": "代理安排不正确。",
    "must be another person": "须为另一个人",
    "must be after `from`, and in the future": "须晚于 `from`，且晚于现在",
    "must be at most 366 days after `from`": "最晚为 `from` 之后 366 天",
    "The report cannot be taken as it is.": "该举报无法按此提交。",
    "must name the office, people or names": "须写明举报的是受理机构、成员编号或姓名",
    "The report was not taken. Repeat the request.": "举报未能提交，请重复该请求。",
    "There is no such report, or it is not yours to read.": "没有这份举报，或您无权查看。",
    "The report does not allow this act now.": "该举报目前不能执行此操作。",
    "The act cannot be recorded as it is.": "该操作无法按此记录。",
    "A report takes at most {most} messages from each side.": "同一举报中每一方最多提交 {most} 条内容。",
    "Another request changed the report at the same time.": "另一请求同时修改了该举报。",
    "does not have a supervisor's role": "没有监督人员的角色",
}
