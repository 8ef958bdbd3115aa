"""The handbook's own short words around the policy's: labels, tags, citations.

What the policy file says is never repeated here. The fragments join the two.
"""

from docs.theme.errors import HandbookError

from chalicelib.domain.policy import Words

LANGUAGES = ("zh", "en")


class MissingWordsError(HandbookError, LookupError):
    """The policy has something that the handbook has no words for."""


SCOPES: dict[str, Words] = {
    "community": {"zh": "一个小区", "en": "one community"},
    "department": {"zh": "一个部门", "en": "one department"},
    "company": {"zh": "全公司", "en": "the whole company"},
}
PRINCIPLES: dict[str, Words] = {
    "principle-1": {"zh": "责任原则", "en": "principle 1"},
    "principle-2": {"zh": "记录原则", "en": "principle 2"},
    "principle-3": {"zh": "及时原则", "en": "principle 3"},
    "principle-4": {"zh": "彻底原则", "en": "principle 4"},
}
REACHES: dict[str, Words] = {
    "own": {"zh": "本人负责的", "en": "what one owns"},
    "department": {"zh": "涉及本部门的", "en": "what is about one's department"},
    "community": {"zh": "所服务小区的", "en": "the communities one serves"},
    "company": {"zh": "全公司的", "en": "the whole company"},
}
"""How far a permission reaches, by its scope, the narrowest first."""
FORMLESS_VERBS: dict[str, Words] = {
    "see": {"zh": "查看投诉", "en": "Look at a complaint"},
    "receive": {"zh": "登记投诉", "en": "Take in a complaint"},
    "read-log": {"zh": "看值班日志", "en": "Read the duty log"},
    "write-log": {"zh": "记值班日志", "en": "Write in the duty log"},
    "export": {"zh": "导出业户资料", "en": "Export the resident's data"},
    "see-access": {"zh": "查看谁看过", "en": "See who looked"},
    "edit-staff": {"zh": "维护员工名册", "en": "Keep the staff list"},
}
"""What staff do without a form on the complaint's page; the forms have the desk's own words."""
PHRASES: dict[str, Words] = {
    "requirement": {"zh": "政策规定", "en": "requirement"},
    "setting": {"zh": "本公司设定", "en": "our setting"},
    "edition": {
        "zh": "以下内容取自《{name}》{version} 版（{day}）。",
        "en": "Taken from “{name}”, version {version} of {day}.",
    },
    "any_of": {"zh": "有下列情形之一，即符合本条：", "en": "Any one of these meets the clause:"},
    "when_all": {
        "zh": "以下事实同时成立时，符合本条：",
        "en": "The clause is met when all of these facts hold:",
    },
    "when_one": {
        "zh": "以下事实成立时，符合本条：",
        "en": "The clause is met when this fact holds:",
    },
    "facts": {"zh": "事实一览", "en": "All facts"},
    "fact": {"zh": "记录的事实", "en": "Recorded fact"},
    "counts_for": {"zh": "用于条款", "en": "Clauses"},
    "rule": {"zh": "事项", "en": "Matter"},
    "says": {"zh": "内容", "en": "Rule"},
    "source": {"zh": "依据", "en": "From"},
    "clauses": {"zh": "所含条款", "en": "Clauses"},
    "owner": {"zh": "负责人", "en": "Owner"},
    "acknowledge": {"zh": "专人首次联系", "en": "Acknowledged by a person"},
    "reply": {"zh": "答复业户", "en": "Reply"},
    "told": {"zh": "通知", "en": "Told at once"},
    "treated_as": {"zh": "判定之前按此对待", "en": "Until then, treated as"},
    "severity": {"zh": "等级", "en": "Severity"},
    "alerts": {"zh": "收到投诉和升级时通知谁", "en": "At receipt and at each escalation"},
    "about": {"zh": "被投诉部门", "en": "The department complained about"},
    "head_told": {
        "zh": "无论哪一等级，被投诉部门的部门主任都会立即得知。",
        "en": "Whatever the severity, the head of the department complained about is told at once.",
    },
    "head_helps": {
        "zh": "被投诉部门的部门主任协助处理，并及时向客服反馈处理情况。",
        "en": "The head of the department complained about helps, and promptly feeds back to"
        " customer service.",
    },
    "many_at_once": {"zh": "投诉集中到来时", "en": "When many complaints come in at once"},
    "ladder": {"zh": "催办和逐级上报", "en": "Reminders, rung by rung"},
    "ladder_ahead": {
        "zh": "承诺的事当天到期的，一上班先提醒负责人。",
        "en": "On the day on which a promise falls due, its owner is reminded at opening.",
    },
    "ladder_rungs": {
        "zh": "到期没有办的，先催办负责人，此后每过一个工作日上报一级（{rungs}）；"
        "到了最高一级，每个工作日再催，直到有人办理。同一件事，同一个人一个工作日最多收到一封催办信（到期当天早上的提醒不算）。",
        "en": "When it is missed the owner is reminded, and then each working day one rung up"
        " ({rungs}); after the topmost, each working day again until somebody acts. Nobody is"
        " reminded of the same thing twice in one working day, the morning's word of what falls due"
        " that day aside.",
    },
    "ladder_hours": {
        "zh": "按小时计算的首次联系，每过 {hours}上报一级，不分昼夜。",
        "en": "Where a person is to be in touch within hours, it goes one rung up every {hours},"
        " at any time of day.",
    },
    "ladder_feedback": {
        "zh": "部门反馈到期没有给的，每个工作日提醒部门主任，直到反馈为止。"
        "业户没有得到进展反馈的，每个工作日提醒负责人。",
        "en": "A department's feedback that is due is asked of its head each working day until it"
        " is given. Of silence towards the resident the owner is reminded each working day.",
    },
    "pauses": {"zh": "什么时候暂停计时", "en": "What stands still, and when"},
    "pause_waiting": {
        "zh": "等业户回话期间，暂停：{clocks}。期间到期的，顺延到等待结束后 {grace}。",
        "en": "While an answer of the resident's is waited for, these stand still: {clocks}. What"
        " would have fallen due meanwhile does so {grace} after the wait.",
    },
    "pause_agreed": {
        "zh": "与业户约好时间的，到约定的时间为止，暂停：{clocks}。",
        "en": "Until a time that was agreed with the resident, these stand still: {clocks}.",
    },
    "pause_month": {
        "zh": "一个月的解决期限，任何事由都不暂停。",
        "en": "Nothing pauses the month.",
    },
    "morning": {"zh": "每天的晨报", "en": "The morning digest"},
    "digest": {
        "zh": "每个工作日 {opens} 上班时，负责人、客服主任和物业经理各收到一封晨报："
        "逾期的、今日到期的、新收的，以及其他在办的在等谁办理。负责人看到自己负责的，"
        "客服主任和物业经理看到本小区全部的。没有在办投诉的不发，请假的不发，"
        "被投诉的本人看不到那一件，除非由其负责。",
        "en": "At {opens} on each working day, every owner, supervisor and manager gets one letter:"
        " what is overdue, what falls due today, what is new, and for whom the others wait. An"
        " owner reads of her own, a supervisor and a manager of all in their community. Whoever has"
        " nothing open, or is away, gets none, and nobody reads of a complaint about herself unless"
        " she has to handle it.",
    },
    "new_calendar": {
        "zh": "新一年的节假日安排录入以后，“暂定”的日期按新安排重新计算；原来已经确定的日期不变。",
        "en": "Once the holidays of a new year are on file, provisional dates are counted anew by"
        " them; dates that were certain stay as they were told.",
    },
    "roles": {"zh": "各岗位由谁接手", "en": "Who stands in for whom"},
    "role": {"zh": "岗位", "en": "Role"},
    "scope": {"zh": "负责范围", "en": "Answers for"},
    "next_rung": {"zh": "由谁接手", "en": "Next rung up"},
    "top_rung": {"zh": "最高一级", "en": "the top rung"},
    "reach": {"zh": "范围", "en": "How far"},
    "may": {"zh": "可以做", "en": "May do"},
    "verb": {"zh": "事项", "en": "Act"},
    "who_may": {"zh": "谁可以做", "en": "Who may do it"},
    "by_role": {"zh": "按岗位查", "en": "By role"},
    "by_verb": {"zh": "按事项查", "en": "By act"},
    "reaching": {"zh": "{roles}（{reach}）", "en": "{roles} ({reach})"},
    "owners_too": {
        "zh": "不论什么岗位，负责人对本人负责的投诉都可以：{verbs}。",
        "en": "Whatever her post, an owner may do this with what she owns: {verbs}.",
    },
    "owning": {
        "zh": "可以担任负责人的岗位：{roles}。",
        "en": "The roles that may own a complaint: {roles}.",
    },
    "promises": {"zh": "对业户的期限", "en": "What residents are promised"},
    "other_periods": {"zh": "其他期限", "en": "Other periods"},
    "working_time": {"zh": "工作日和工作时间", "en": "Working days and hours"},
    "hours": {"zh": "工作时间：{opens}—{closes}。", "en": "Hours: {opens}–{closes}."},
    "weekdays": {"zh": "工作日：{days}。", "en": "Days: {days}."},
    "known_years": {
        "zh": "法定节假日和调休上班日已录入：{years} 年。"
        "尚未公布的年份只按周几推算，日期会注明“暂定”。",
        "en": "Public holidays and make-up working days are on file for {years}. Beyond them only"
        " the day of the week counts, and a date is marked provisional.",
    },
    "days_off": {
        "zh": "{year} 年的休息日（不含周末）：{days}。",
        "en": "Days off in {year}, weekends aside: {days}.",
    },
    "make_up_days": {
        "zh": "{year} 年的调休上班日：{days}。",
        "en": "Make-up working days in {year}: {days}.",
    },
    "example": {"zh": "举例", "en": "An example"},
    "received": {
        "zh": "{day}（{weekday}）{time} 收到的投诉，最迟在何时兑现：",
        "en": "A complaint received on {weekday} {day} at {time} is due by:",
    },
    "instant": {
        "zh": "<time>{day}</time> {weekday} {time}",
        "en": "{weekday} <time>{day}</time>, {time}",
    },
    "in_brackets": {"zh": "（{words}）", "en": " ({words})"},
    "within": {"zh": "{duration}内", "en": "within {duration}"},
    "round_the_clock": {"zh": "（不分昼夜）", "en": ", at any time of day"},
}


def say(phrase: str, language: str, **values: object) -> str:
    """A phrase in this language, with its values."""
    return PHRASES[phrase][language].format(**values)


def tagged(tag: str, language: str, clause: str = "") -> str:
    """The mark of a rule: the policy's own words, or our setting; with the clause it rests on."""
    mark = f"**{say(tag, language)}**{{ .{tag} }}"
    return mark + say("in_brackets", language, words=cited(clause, language)) if clause else mark


def ruled(mark: str, sentence: str, language: str) -> str:
    """A rule with its mark before it; after a Chinese bracket no space is due."""
    gap = "" if language == "zh" and mark.endswith("）") else " "
    return mark + gap + sentence


def cited(clause: str, language: str) -> str:
    """A clause or principle of the policy as a text cites it."""
    if clause in PRINCIPLES:
        return PRINCIPLES[clause][language]
    return f"第 {clause} 条" if language == "zh" else f"clause {clause}"


def reach_words(scope: str, language: str) -> str:
    """How far a permission reaches. Raises MissingWordsError for an unknown scope."""
    if scope not in REACHES:
        raise MissingWordsError(f"the scope `{scope}` has no words in docs/theme/phrases.py")
    return REACHES[scope][language]


def scope_words(scope: str, language: str) -> str:
    """What one holder of a role answers for. Raises MissingWordsError for an unknown scope."""
    if scope not in SCOPES:
        raise MissingWordsError(f"the scope `{scope}` has no words in docs/theme/phrases.py")
    return SCOPES[scope][language]
