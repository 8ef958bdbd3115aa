"""A member of staff at work on the real pages, as a person uses them."""

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from pictures.offline import Cloud


@dataclass(frozen=True)
class Person:
    """One member of staff, in a browser of their own."""

    page: Page
    cloud: Cloud

    def sign_in(self, staff: str, language: str) -> "Person":
        """Sign in with the account that the cloud made for them; pages are in this language."""
        account = self.cloud.accounts[staff]
        self.look("/desk/sign-in")
        self.page.fill("#who", account["email"])
        self.page.fill("#password", account["password"])
        self.page.locator("main form button").click()
        self.look("/desk/account")
        form = self.page.locator("form", has=self.page.locator("[name=language]"))
        fill(form, {"language": language})
        form.locator("button").click()
        return self

    def look(self, path: str) -> None:
        """Open a page of the desk."""
        self.page.goto(f"{self.cloud.address}{path}")

    def act(self, reference: str, verb: str, values: Mapping[str, str]) -> None:
        """Run a verb on a complaint; what it sends is seen first, and sent."""
        self.type(reference, verb, values)
        confirm = self.page.locator("[name=checked][value=yes]")
        if confirm.count():
            confirm.click()

    def type(self, reference: str, verb: str, values: Mapping[str, str]) -> None:
        """Open a complaint, fill in the form of a verb, and press its button."""
        self.look(f"/desk/complaints/{reference}")
        sheet = self.page.locator(f"section#{verb}, details#{verb}")
        if sheet.locator("summary").count():
            sheet.locator("summary").click()
        fill(sheet, values)
        sheet.locator("form button").click()


def fill(form: Locator, values: Mapping[str, str]) -> None:
    """Fill in a form's fields, by name, as one types and chooses."""
    for name, value in values.items():
        field = form.locator(f"[name={name}]:not([type=hidden])")
        match field.first.evaluate("(field) => field.type"):
            case "radio":
                form.locator(f"[name={name}][value='{value}']").check()
            case "select-one":
                field.select_option(value)
            case _:
                field.fill(value)
