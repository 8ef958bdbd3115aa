"""Letters: one folder a letter, one file a language; text and HTML from the same words.

A file has two blocks, ``subject`` and ``body``. The body speaks through the macros of
``_text.j2`` or ``_html.j2``, which have the same names, so that nothing is said in one
form of a letter and not in the other. `templates` fills them; `writer` is the port that the
use cases know. Nothing on the path of a submission imports this package's modules.
"""

from pathlib import Path

HERE = Path(__file__).parent
LETTERS = tuple(sorted(path.name for path in HERE.iterdir() if (path / "zh.j2").is_file()))
