"""A resident who complains in confidence, and every word by which they could be known."""

from chalicelib.domain.staff import Staff
from support.people import HEAD, RECEPTIONIST, STAFF, SUPERVISOR

PLANTED = {
    "name": "欧阳紫薇",
    "phone": "139 8765 4321",
    "email": "ziwei@private.example",
    "unit": "2907",
    "building": "金桂楼",
    "contact_time": "接孙女之前",
    "behalf_of": "邻居老端木",
    "contact_person": "儿子司马光",
}
"""What tells who the resident is, field by field; no letter or page has it by itself."""
WORDS = {
    **PLANTED,
    "description": "我是欧阳紫薇，2907 漏水，物业的人说“你们孤身一人别闹”。",
    "request": "请到金桂楼 2907 来修，打 13987654321。",
    "place": "车库入口",
    "person": None,
}
TELLING = (*PLANTED.values(), "13987654321", "孤身一人")
"""No one of these may reach the department, in whatever letter, list or page."""
CUT = {
    "place": "车库入口",
    "description": "家里漏水，上门的人出言不逊。",
    "request": "请派人来修。",
}
"""What the owner passes on."""
HEAD_OF_SERVICE = Staff(
    id="ke-fu",
    name={"zh": "柯福", "en": "Ke Fu"},
    email="ke.fu@anhe.example",
    language="zh",
    roles=("department_head",),
    department="customer-service",
)
PEOPLE = (*STAFF, HEAD_OF_SERVICE)
ENGINEERING, SERVICE = "engineering", "customer-service"
OF_DEPARTMENT = {
    ENGINEERING: (HEAD,),
    SERVICE: (HEAD_OF_SERVICE, SUPERVISOR, RECEPTIONIST),
}
"""Who must not learn it, by the department complained about."""


def told(text):
    """What of the resident a text tells."""
    return [one for one in TELLING if one in text]
