"""What is kept of a resident as a page to read, beside the same as JSON."""

from collections.abc import Mapping
from typing import Any

from chalicelib.views.presentation import Content, Presenter

Plain = Mapping[str, Any]


def export_page(found: Plain, presenter: Presenter) -> Content:
    """The export's values, each under its name in the reader's language."""
    return {"complaints": [_complaint(one, presenter) for one in found["complaints"]]}


def _complaint(one: Plain, presenter: Presenter) -> Content:
    asked = [(field.name, one["words"].get(field.name)) for field in presenter.fields.rows]
    return {
        "reference": one["reference"],
        "fields": [(presenter.field_of(name), text) for name, text in asked if text],
        "records": [_record(record, presenter) for record in one["records"]],
        "letters": [letter for letter in one["letters"] if "text" in letter],
        "photos": one["photos"],
    }


def _record(record: Plain, presenter: Presenter) -> Content:
    title = presenter.say_desk(f"export_of.{record['kind']}")
    said = [text for _, text in record["words"].items()] if record["kind"] != "received" else []
    return {"at": record["at"], "title": title, "said": said}
