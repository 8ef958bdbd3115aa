"""Takes the pictures that the README and the handbook show, from the offline cloud itself.

``python infra/screenshots.py`` writes docs/images, what residents and managers see of the
first letter of a complaint; and in each language's docs/LANGUAGE/images/desk, the staff's
pages in use, signed in through the real pages. It needs a Chromium.
"""

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from chalicelib.locales import LANGUAGES
from pictures.camera import ROOT, Camera, chromium
from pictures.desk import DeskPictures
from pictures.offline import Cloud, next_monday, offline_cloud
from pictures.residents import take_alert, take_form

DOCS = ROOT / "docs"
SAMPLES = ROOT / "infra" / "desk" / "offline" / "samples.toml"
STORIES = Path(__file__).parent / "pictures" / "stories.toml"
TO_WEDNESDAY = timedelta(days=2, minutes=50)
_NAMED = re.compile(r"!\[[^\]]*\]\((\.\./images/[^)]+)\)")


def main() -> None:
    """Take all pictures. Exits with a sentence when there is no Chromium."""
    leave_places()
    with offline_cloud() as cloud, chromium() as browser:
        take_all(cloud, browser)


def leave_places() -> None:
    """Put an empty file where a page names a picture that is not there yet: the site is strict."""
    for page in DOCS.glob("*/how-to/*.md"):
        for named in _NAMED.findall(page.read_text("utf-8")):
            picture = page.parent / named
            picture.parent.mkdir(parents=True, exist_ok=True)
            picture.touch()


def take_all(cloud: Cloud, browser: Browser) -> None:
    """On Monday complaints are sent and acted on; on Wednesday the desk is shown."""
    stories = tomllib.loads(STORIES.read_text("utf-8"))
    monday = next_monday(cloud.now())
    cloud.move_to(monday)
    references = send_all(cloud, stories)
    take_residents(cloud, browser)
    for pictures in of_the_desk(cloud, browser, stories, references):
        pictures.act_before()
    cloud.move_to(monday + TO_WEDNESDAY)
    for pictures in of_the_desk(cloud, browser, stories, references):
        pictures.take()


def send_all(cloud: Cloud, stories: dict[str, Any]) -> dict[str, str]:
    """Residents send the samples and the stories' own; each one's reference by the name."""
    samples = tomllib.loads(SAMPLES.read_text("utf-8"))["complaint"]
    references = {one["name"]: cloud.send(one) for one in (*samples, *stories["sent"])}
    cloud.settle()
    return references


def take_residents(cloud: Cloud, browser: Browser) -> None:
    """The pictures of the README that are not of the desk."""
    camera = Camera(browser, DOCS / "images", "zh")
    take_form(camera, cloud)
    take_alert(camera, cloud)


def of_the_desk(
    cloud: Cloud,
    browser: Browser,
    stories: dict[str, Any],
    references: dict[str, str],
) -> list[DeskPictures]:
    """Each language's pictures of the desk, to be taken by people who have yet to sign in."""
    cameras = [
        Camera(browser, DOCS / language / "images" / "desk", language) for language in LANGUAGES
    ]
    return [DeskPictures(one, cloud, stories[one.language], references) for one in cameras]


if __name__ == "__main__":
    main()
