"""The pictures of what a resident fills in, and of the alert that follows."""

from pictures.camera import Camera
from pictures.offline import Cloud

_LAST_ROW = "业户要求"  # where the alert's picture ends; the whole of it would be too heavy


def take_form(camera: Camera, cloud: Cloud) -> None:
    """The top of the Chinese form, as wide as a small phone."""
    page = camera.page(360, 720)
    page.goto(f"{cloud.address}/complain/")
    camera.keep(page, "form")


def take_alert(camera: Camera, cloud: Cloud) -> None:
    """What the property manager reads of the first sample complaint, a major one."""
    page = camera.page(720, 400)
    page.goto(f"{cloud.address}/local/mailbox?to=manager.jade@anhe.example")
    letter = page.locator("ul.letters a").last.get_attribute("href") or ""
    page.goto(f"{cloud.address}{letter.partition('?')[0]}/html")
    camera.keep(page, "alert", until=page.locator("tr", has_text=_LAST_ROW))
