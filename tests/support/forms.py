"""The complaint form as tests fill it in."""

from datetime import datetime
from typing import Any

from chalicelib.application.intake import FormReader, Intake
from chalicelib.fields import FIELDS
from chalicelib.policy import load_organisation, load_policy

POLICY = load_policy()
ORGANISATION = load_organisation()
REQUIRED = tuple(one.name for one in FIELDS.rows if one.required)
"""What the form may not lack."""

PERSONAL = {
    "building": "3栋",
    "unit": "1201-甲",
    "description": "水管爆裂\n天花板漏水，请看 <script>alert('水')</script> & 𠮷",
    "request": "请尽快\n维修",
    "name": "李女士",
    "phone": "138 0000 0000",
    "email": "li@example.com",
    "person": "一位穿蓝衣服的师傅",
    "place": "厨房 <b>水槽</b> 下",
    "contact_time": "晚上七点后",
}
"""What is by or about the resident: all of it stands in the contact item alone."""


def a_form(**changes: Any) -> dict[str, Any]:
    """A form that is taken: cause service, so important. A change to None leaves the field out."""
    form = {
        "community": "jade-lake",
        "building": "3栋",
        "happened_at": "2026-11-20",
        "about": "engineering",
        "category": "water_leak",
        "cause": "service",
        "hurt": "no",
        "language": "zh",
        **PERSONAL,
        **changes,
    }
    return {name: value for name, value in form.items() if value is not None}


def an_intake(now: datetime, **changes: Any) -> Intake:
    """The form as the desk reads it at `now`."""
    return FormReader(POLICY, ORGANISATION).read(a_form(**changes), now)
