"""The residents' pages that stand as files beside the handbook: form and privacy notice."""

from chalicelib.pages import page
from chalicelib.pages.complaint_form import FormPages
from chalicelib.policy import load_organisation, load_policy


def static_form(language: str) -> str:
    """The form as a file: whole without JavaScript, and without an id of its own."""
    return FormPages(language, load_policy(), load_organisation()).form()


def static_privacy(language: str) -> str:
    """What is kept of a resident, why, who sees it and for how long, in plain words."""
    policy, organisation = load_policy(), load_organisation()
    return page(
        "privacy.j2",
        language,
        company=organisation.name[language],
        communities=organisation.communities,
        months=policy.settings.keep_personal_data_months,
        hours=policy.working_time,
    )
