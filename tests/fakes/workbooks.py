"""Workbooks that are no more than their words."""


class FakeWorkbooks:
    """The `Workbooks` port."""

    def write(self, sheets, made_at):
        """The names, headings and rows as Python writes them."""
        found = [(one.name, one.heading, list(one.rows)) for one in sheets]
        return repr((found, made_at)).encode()
