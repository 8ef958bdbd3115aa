"""A company that is not the demonstration's: its own name, telephones and address."""

from chalicelib.policy.reader import COMMUNITY, ORGANISATION
from desk.company import CompanyFiles

OURS = (("anhe.example", "wuye.cn"), ("021-5550", "021-6123"), ("安和", "和安"), ("Anhe", "He'an"))


def a_company(folder):
    """Both of its files, in this folder; its policy counts a loss as major from 800 on."""
    organisation, policy = folder / "ours.toml", folder / "our-policy.toml"
    text = ORGANISATION.read_text("utf-8")
    for theirs, ours in OURS:
        text = text.replace(theirs, ours)
    organisation.write_text(text, "utf-8")
    loss = COMMUNITY.read_text("utf-8").replace("major_loss = 5000 ", "major_loss = 800 ")
    policy.write_text(loss, "utf-8")
    return CompanyFiles(organisation, policy)
