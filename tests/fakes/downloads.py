"""Files put aside in a dictionary."""

from dataclasses import dataclass, field


@dataclass
class FakeDownloads:
    """The `Downloads` port."""

    kept: dict = field(default_factory=dict)

    def offer(self, name, kind, content):
        """Keep it; the link says which one."""
        link = f"https://files.example/{len(self.kept)}/{name}"
        self.kept[link] = kind, content
        return link
