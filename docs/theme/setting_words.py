"""How each setting of the policy reads: what the source leaves open, and we decided.

Keyed by the field of `Settings`; a setting that has no words here stops the build.
"""

from dataclasses import dataclass
from decimal import Decimal

from docs.theme.amounts import counted, duration
from docs.theme.phrases import MissingWordsError, ruled, tagged
from msgspec.structs import fields

from chalicelib.domain.policy import Settings, Within

CLAUSES, WHO_IS_TOLD, DEADLINES = "clauses", "who-is-told", "deadlines"
MANY_AT_ONCE = "who-is-told#many-at-once"
"""A section of a page, for what stands under a heading of its own."""


@dataclass(frozen=True)
class SettingWords:
    """The clause whose gap a setting fills, the pages it stands on, and its sentence."""

    clause: str
    pages: tuple[str, ...]
    zh: str
    en: str
    unit: str = ""

    def stated(self, value: object, language: str) -> str:
        """The sentence with the value from the policy file."""
        sentence = self.zh if language == "zh" else self.en
        return sentence.format(value=amount(value, language, self.unit))


SETTINGS: dict[str, SettingWords] = {
    "earlier_times_raised": SettingWords(
        clause="5.1.1",
        pages=(CLAUSES,),
        zh="“多次提出”指本次之前已经提出过 {value} 次或以上。",
        en="“Several times” means {value} or more, this one not counted.",
        unit="earlier time",
    ),
    "major_loss": SettingWords(
        clause="5.1.2",
        pages=(CLAUSES,),
        zh="“重大经济损失”指损失达到人民币 {value} 元或以上。",
        en="“Major economic loss” means CNY {value} or more.",
    ),
    "solve_within_months": SettingWords(
        clause="5.1.3",
        pages=(CLAUSES, DEADLINES),
        zh="“一个月”指自首次收到投诉起 {value} 个日历月，按小区当地时间计算，中途不停算。",
        en="“One month” means {value} from first receipt, in the community's time zone;"
        " nothing pauses it.",
        unit="calendar month",
    ),
    "change_grace": SettingWords(
        clause="principle-3",
        pages=(DEADLINES,),
        zh="等级变更使某项期限落到过去时，该期限顺延至变更后 {value}；"
        "首次联系按小时计算的等级，顺延同样的小时数。",
        en="A promise that a change of severity moves into the past falls due {value} after the"
        " change; where a severity is acknowledged within hours, after as many hours.",
    ),
    "feedback": SettingWords(
        clause="3.3",
        pages=(WHO_IS_TOLD, DEADLINES),
        zh="被投诉部门的部门主任在 {value}内向客服反馈处理情况。",
        en="The head of the department complained about tells customer service within {value}"
        " how it is being handled.",
    ),
    "judge": SettingWords(
        clause="5",
        pages=(DEADLINES,),
        zh="现有事实不足以认定轻重程度的，客服主任在 {value}内判定。",
        en="Where the facts decide nothing, the customer service supervisor judges within {value}.",
    ),
    "silence": SettingWords(
        clause="principle-3",
        pages=(DEADLINES,),
        zh="{value}没有告知业户进展的，提醒负责人。",
        en="After {value} without a word to the resident, its owner is reminded to tell her how"
        " things stand.",
    ),
    "wait_for_resident": SettingWords(
        clause="principle-3",
        pages=(DEADLINES,),
        zh="向业户提问以后，最多等 {value}；没有回话，也接着办。",
        en="An answer of the resident's is waited for {value} at most; without it one goes on.",
    ),
    "warn_after_days": SettingWords(
        clause="5.1.3",
        pages=(DEADLINES,),
        zh="自首次收到起满 {value} 天仍未解决的，提醒负责人和物业经理：一个月的期限将到。",
        en="After {value} days from first receipt, an unsolved complaint is brought to the mind of"
        " its owner and of the property manager: the month comes near.",
    ),
    "explain_invalid": SettingWords(
        clause="2",
        pages=(DEADLINES,),
        zh="投诉被判定为无效时，在 {value}内向业户说明理由。",
        en="When a complaint is judged invalid, the resident is given the reason within {value}.",
    ),
    "return_visit_days": SettingWords(
        clause="principle-4",
        pages=(DEADLINES,),
        zh="答复后满 {value} 天回访，问业户问题是否真的解决了；"
        "钟点不变，落在非工作时间的顺延到上班时。",
        en="{value} after the reply the resident is asked whether it held, at the same clock time"
        " or, outside working hours, at the next opening.",
        unit="calendar day",
    ),
    "return_visit_answer_days": SettingWords(
        clause="principle-4",
        pages=(DEADLINES,),
        zh="回访发出后 {value} 天没有回复的，如实记为未回复，不当作满意。",
        en="{value} after she was asked, no answer is recorded as no answer, and never as"
        " satisfaction.",
        unit="calendar day",
    ),
    "keep_personal_data_months": SettingWords(
        clause="principle-2",
        pages=(DEADLINES,),
        zh="业户的个人信息在投诉结束后保存 {value} 个日历月；投诉重新办理期间不计。",
        en="The resident's personal data are kept for {value} after the complaint's end; while it"
        " is open again, they stay.",
        unit="calendar month",
    ),
    "gather_minutes": SettingWords(
        clause="principle-3",
        pages=(MANY_AT_ONCE,),
        zh="一个小区的投诉集中到来时（如整片停电），新投诉的通知每 {value} 分钟合并成一封信"
        "发给每个人，这也算立即得知；最重一级的投诉不合并，一收到就单独通知。",
        en="When many complaints come in from one community, as in a power cut, each person gets"
        " one letter every {value} with all new ones, which still counts as being told at once;"
        " those of the gravest severity are never gathered, and each is told as it comes in.",
        unit="minute",
    ),
    "gather_after": SettingWords(
        clause="principle-3",
        pages=(MANY_AT_ONCE,),
        zh="在这样一段时间里，每个人先逐件收到 {value} 封通知，之后的才合并。",
        en="Within that time, {value} alerts reach each person singly; what comes after them is"
        " gathered.",
    ),
    "receipts_a_day": SettingWords(
        clause="6.1.1",
        pages=(MANY_AT_ONCE,),
        zh="一个邮箱每天最多收到 {value} 封带查询码的信（回执和补发的查询码）；在业户页面上的操作"
        "引起的信，每天也以此为限，以免有人借表单骚扰他人。超出的不发，投诉照常受理；"
        "编号和查询码在提交后的页面上。",
        en="An e-mail address gets at most {value} letters a day with a code (receipts, and codes"
        " sent again), and as many of what is done on a resident's page, so that nobody fills a"
        " stranger's mailbox through the form. What is over is not sent; the complaint is handled"
        " all the same, and reference and code stand on the page after submitting.",
    ),
}


def stated_settings(settings: Settings, page: str, language: str) -> dict[str, list[str]]:
    """The settings that stand on this page, as tagged sentences, by clause.

    Raises MissingWordsError when any setting, of this page or not, has no words.
    """
    found: dict[str, list[str]] = {}
    for field in fields(settings):
        words = setting_words(field.name)
        if page in words.pages:
            sentence = stated_setting(field.name, settings, language)
            found.setdefault(words.clause, []).append(sentence)
    return found


def stated_setting(name: str, settings: Settings, language: str) -> str:
    """One setting as a tagged sentence. Raises MissingWordsError when it has no words."""
    words = setting_words(name)
    sentence = words.stated(getattr(settings, name), language)
    return ruled(tagged("setting", language, words.clause), sentence, language)


def setting_words(name: str) -> SettingWords:
    """The words of a setting. Raises MissingWordsError when it has none."""
    if name not in SETTINGS:
        raise MissingWordsError(f"the setting `{name}` has no words in docs/theme/setting_words.py")
    return SETTINGS[name]


def amount(value: object, language: str, unit: str = "") -> str:
    """A value as it stands in a sentence: a duration, a sum of money, or a count."""
    match value:
        case Within():
            return duration(value, language)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return ("、" if language == "zh" else " and ").join(map(str, value))
        case int() if unit and language == "en":
            return counted(value, unit)
        case _:
            return str(value)
