"""Texts about filing complaints and acting on them."""

TEXTS = {
    "There is no such complaint, or the receipt is not its receipt.": "没有这件投诉，或回执与投诉不符。",
    "there is no such complaint": "没有这件投诉",
    "The complaint has changed since you looked.": "您查看之后，该投诉已有变化。",
    "The complaint was not registered. Repeat the request.": "投诉未能登记，请重复该请求。",
    "The complaint cannot be registered as it is.": "投诉内容不完整或不正确，无法登记。",
    "The complaint has ended.": "该投诉已办结。",
    "Others acted on the complaint at the same time.": "他人同时办理了该投诉。",
    "Others acted on the complaint at the same time. Repeat the request.": "他人同时办理了该投诉，请重复该请求。",
    "Others acted on the complaint at the same time. Look at it again and repeat.": (
        "他人同时办理了该投诉。请重新查看后再操作。"
    ),
    "Others acted on it at the same time.": "他人同时进行了操作。",
    "Others wrote the complaint's work lists at the same time.": "他人同时更新了该投诉的工作清单。",
    "The complaint was changed by other requests at the same time.": "其他请求同时修改了该投诉。",
    "This act is not open in the complaint's present stage.": "投诉处于当前阶段，不能执行该操作。",
    "This act is not possible now. It needs: {needed}.": "目前不能执行该操作。须符合：{needed}。",
    "This act is not yours to do in this complaint.": "您无权在该投诉中执行此操作。",
    "This complaint excludes you: you have no part in it and do not see it.": "您须回避该投诉，不能办理或查阅。",
    "You are excluded from the acts on this complaint.": "您须回避该投诉，不能执行操作。",
    "Your role has done this act. Each role does it once.": "您的角色已执行此操作，每个角色只执行一次。",
    "You have done this act. Another person does it for this role.": "您已执行此操作，该角色须由他人执行。",
    "No person could answer this demand.": "该举证要求无人可以答复。",
    "the complainant is marked unreachable": "投诉人已被标记为无法联系",
    "the respondent cannot be reached: the complaint names neither a unit nor them; "
    "without `of`, a demand goes to the respondent": (
        "无法联系被投诉方：投诉既未写明单位，也未写明被投诉方的联系方式；未写 `of` 的举证要求针对被投诉方"
    ),
    "the respondent cannot be reached: the unit has no active respondent": "无法联系被投诉方：该单位没有被投诉方成员",
    "names a person who answers for the unit that the complaint is about": "所指人员代表该投诉所涉单位，不能办理该投诉",
    "names a person who is excluded by their part in this complaint": "所指人员因参与过该投诉而须回避",
    "Only members who may see who the complainant is may act on their behalf.": (
        "只有可以查看投诉人身份的成员可以代其操作。"
    ),
    "Only members of the organisation may do this.": "只有机构成员可以执行此操作。",
    "Only members who read the texts and act in the complaint may do this.": (
        "只有可以阅读投诉内容并办理该投诉的成员可以执行此操作。"
    ),
    "No text that the respondent reads has a mask.": "向被投诉方显示的文字中没有遮盖内容。",
    "These masks cannot be decided on.": "无法对所列遮盖内容作出决定。",
    "names no mask of this complaint": "不是该投诉中的遮盖内容",
    "has this decision already": "已作过该决定",
    "Only the organisation's owners, and roles that its policy names, may do this.": (
        "只有机构管理员和制度指定的角色可以执行此操作。"
    ),
    "Only members who may see the complainant and the content may reissue a receipt.": (
        "只有可以查看投诉人信息和投诉内容的成员才能换发回执。"
    ),
    "Only people who handle complaints may look up subjects.": "只有办理投诉的人员可以查询投诉标的。",
    "Only owners and the policy's auditors may see the read log.": (
        "只有机构管理员和制度指定的审计人员可以查看查阅日志。"
    ),
    "The complaint's procedure has no form of this name.": "该投诉适用的制度没有这个表单。",
    "The procedure does not let you print this form.": "制度未允许您打印该表单。",
    "These search criteria are not valid.": "查询条件不正确。",
    "give one of phone and email": "请只填电话和电子邮件中的一项",
    "has at least {least} digits": "至少 {least} 位数字",
    "has an @": "须含有 @",
    "give at least one criterion": "请至少填写一项查询条件",
    "needs a word of at least two letters or digits": "须有一个至少两个字的词",
    "needs a letter or a digit": "须含有文字或数字",
    "has at most {most} words": "最多 {most} 个词",
    "The organisation's plan does not include the search by words.": "机构的套餐不包括按文字查询。",
    "names a person who is not a member in this role, or not of this unit": "所指人员不担任该角色，或不属于该单位",
    "names a person who is not a member of the organisation": "所指人员不是机构成员",
    "Only members of the organisation can be excluded.": "只有机构成员可以回避。",
    "A party names the person who is to take no further part.": "当事人须指明应当回避的人员。",
    "You may not name another person here.": "您不能指明他人回避。",
    "is for others to name: you can declare an interest of your own": "应由他人指明：您只能申报自己的利害关系",
    "is required: a party names the person": "为必填项：当事人须指明人员",
    "People are assigned by their id as members of the organisation.": "请用机构成员的标识来指派人员。",
    "Name another person as the successor.": "请指定另一个人接手。",
    "must be another of the organisation's people": "须为机构的其他人员",
    "The complaint has no assignee who could be replaced.": "该投诉没有可以更换的承办人。",
    "It cannot be linked to this complaint.": "无法关联到该投诉。",
    "that complaint follows another itself: {number}": "那件投诉本身已关联到另一件投诉：{number}",
    "the complaint follows {number} already": "该投诉已关联到 {number}",
    "must name another complaint": "须为另一件投诉",
    "The complaint is under legal hold.": "该投诉处于法律保全状态。",
    "The complaint is under no legal hold.": "该投诉未处于法律保全状态。",
    "What was proposed is no longer open; it can only be rejected.": "所提议的操作已不能执行，只能驳回。",
    "What was proposed is no longer possible; it can only be rejected. It needs: {needed}.": (
        "所提议的操作已不能执行，只能驳回。须符合：{needed}。"
    ),
    "The proposer may no longer do this act. The proposal can only be rejected.": (
        "提议人已无权执行该操作，该提议只能驳回。"
    ),
    "Nothing awaits approval in this complaint.": "该投诉没有待审批的事项。",
    "This proposal is not yours to approve or reject.": "该提议不由您审批。",
    "No such proposal awaits approval.": "没有这项待审批的提议。",
    "No task is open here.": "这里没有待办任务。",
    "No such task is open.": "没有这项待办任务。",
    "This task is not yours to do.": "该任务不由您办理。",
    "has no classes here": "本制度不分等级",
    "is not used by this procedure": "本制度不使用此项",
    "This is a sign of another class.": "该特征属于另一等级。",
    "There is no such category.": "没有该分类。",
    "A sign of the class is missing.": "缺少等级特征。",
    "is required: the class {chosen} has these signs: {own}": "必填：“{chosen}”级的特征有：{own}",
    "the class {chosen} has these signs: {own}": "“{chosen}”级的特征有：{own}",
    "With time, the complaint has reached a higher class.": "该投诉已因逾期升为更高等级。",
    "is below {reached}: the complaint was not resolved in time": "低于“{reached}”级：投诉未在期限内解决",
    "Each condition is checked and recorded.": "每项受理条件都须核对并记录。",
    "must be ticked or left: true or false": "须写明是否符合：true 或 false",
    "follows from the complaint and is {known}": "由投诉内容决定，应为 {known}",
    "A complaint is accepted only if its conditions are met; otherwise it can be refused on a ground.": (
        "符合全部受理条件的投诉才能受理，否则可依不予受理的理由处理。"
    ),
    "is not met": "未满足",
    "all are met": "各项均已满足",
    "This ground needs more to be given.": "采用该理由还须填写其他内容。",
    "is required for this ground": "采用该理由时必填",
    "This ground needs a condition that is not met.": "只有存在未满足的受理条件时，才能采用该理由。",
    "This ground does not apply to the complaint.": "该理由不适用于该投诉。",
    "`{field}` of the proposal: {problem}": "所提议内容中的 `{field}`：{problem}",
    "{fault}; this value needs: {needed}": "{fault}；该值须符合：{needed}",
    "is possible only with: {needed}": "仅限以下情形：{needed}",
    "is required with: {needed}": "在以下情形必填：{needed}",
}
