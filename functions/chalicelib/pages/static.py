"""The residents' pages that stand as files beside the handbook: form and privacy notice."""

from chalicelib.domain.policy import Organisation, Policy
from chalicelib.pages import page
from chalicelib.pages.complaint_form import FormPages


def static_form(language: str, policy: Policy, organisation: Organisation) -> str:
    """The form as a file: whole without JavaScript, and without an id of its own."""
    return FormPages(language, policy, organisation).form()


def static_privacy(language: str, policy: Policy, organisation: Organisation) -> str:
    """What is kept of a resident, why, who sees it and for how long, in plain words."""
    return page(
        "privacy.j2",
        language,
        company=organisation.name[language],
        communities=organisation.communities,
        months=policy.settings.keep_personal_data_months,
        hours=policy.working_time,
    )
