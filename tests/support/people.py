"""The staff of the tests: each post of jade-lake a person with a name and an address."""

from chalicelib.domain.staff import Directory, Staff

SUPERVISOR = Staff(
    id="chen-jing",
    name={"zh": "陈静", "en": "Chen Jing"},
    email="chen.jing@anhe.example",
    language="zh",
    roles=("customer_service_supervisor",),
    communities=("jade-lake",),
)
MANAGER = Staff(
    id="zhao-guoqiang",
    name={"zh": "赵国强", "en": "Zhao Guoqiang"},
    email="zhao.guoqiang@anhe.example",
    language="en",
    roles=("property_manager",),
    communities=("jade-lake",),
)
HEAD = Staff(
    id="sun-wei",
    name={"zh": "孙伟", "en": "Sun Wei"},
    email="sun.wei@anhe.example",
    language="zh",
    roles=("department_head",),
    department="engineering",
)
LEADER = Staff(
    id="gao-yuan",
    name={"zh": "高远", "en": "Gao Yuan"},
    email="gao.yuan@anhe.example",
    language="en",
    roles=("company_leadership",),
)
RECEPTIONIST = Staff(
    id="zhou-xiaomei",
    name={"zh": "周晓梅", "en": "Zhou Xiaomei"},
    email="zhou.xiaomei@anhe.example",
    language="zh",
    roles=("receptionist",),
    communities=("jade-lake",),
)
STAFF = (SUPERVISOR, MANAGER, HEAD, LEADER, RECEPTIONIST)
DIRECTORY = Directory(tuple(sorted(STAFF, key=lambda one: one.id)))
