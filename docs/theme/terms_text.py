"""The fragment of terms: one word a concept, side by side in both languages."""

from docs.theme.blocks import table
from docs.theme.phrases import LANGUAGES

from chalicelib.domain.policy import Policy, Words

# What has no name in the policy file. Severities and roles come from there.
_TERMS: tuple[Words, ...] = (
    {"zh": "业户", "en": "resident (owner or tenant)"},
    {"zh": "投诉", "en": "complaint"},
    {"zh": "有效投诉", "en": "valid complaint"},
    {"zh": "值班日志", "en": "duty log"},
    {"zh": "约时", "en": "agreed time (an appointment to report back)"},
    {"zh": "回访", "en": "return visit (asking afterwards whether it held)"},
    {"zh": "小区、楼栋、房号", "en": "community, building, unit"},
)


def terms(policy: Policy, language: str) -> str:
    """Every term of the handbook, this language first."""
    first, second = sorted(LANGUAGES, key=lambda known: known != language)
    severities = (severity.name for severity in policy.severities)
    words = (*_TERMS, *severities, *(role.name for role in policy.roles))
    rows = ((one[first], _foreign(one[second], second)) for one in words)
    names = {"zh": "中文", "en": "English"}
    return table((names[first], _foreign(names[second], second)), *rows) + "\n"


def _foreign(words: str, language: str) -> str:
    """Words of the other language, marked for screen readers."""
    code = {"zh": "zh-Hans", "en": "en"}[language]
    return f'<span lang="{code}">{words}</span>'
