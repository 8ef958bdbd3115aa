"""A page of ours as a test reads it: its elements, and what would be sent of its fields."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """The elements of a page with their attributes, and what stands in its fields."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.values, self._area = [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note the element, and what stands in it if it is a field."""
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        name = attributes.get("name")
        if tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "input" and attributes.get("type") != "radio":
            self.values[name] = attributes.get("value", "")
        elif tag == "input" and "checked" in attributes:
            self.values[name] = attributes["value"]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in attributes:
            self.values[self._select] = attributes["value"]

    def handle_endtag(self, tag):
        """A text area ends."""
        if tag == "textarea":
            self._area = None

    def handle_data(self, data):
        """What stands in a text area is its value."""
        if self._area:
            self.values[self._area] += data.removeprefix("\n")

    @property
    def names(self):
        """The name of each field, in the order of the page."""
        fields = (one for tag, one in self.elements if tag in ("input", "select", "textarea"))
        return [one["name"] for one in fields if "name" in one]

    def all(self, tag):
        """The attributes of each element of this name."""
        return [attributes for name, attributes in self.elements if name == tag]
