"""What can be refused, and why.

::

    DeskError
    ├── BadInputError        fields that cannot be taken as they are
    ├── RefusedError         a verb that this complaint does not allow now
    ├── NotFoundError        no such complaint, or not with this code
    ├── FormUsedError        this form was sent already with other content
    └── ChangedMeanwhileError  somebody else acted first

An error carries a code and what fills its sentence; the sentence itself stands in
``chalicelib/locales`` in both languages, under ``field.<code>`` or ``refused.<code>``.
"""

from collections.abc import Mapping

from msgspec import Struct


class DeskError(Exception):
    """Any refusal that a person should read."""


class Fault(Struct, frozen=True):
    """One field that cannot be taken: its name, the code of the sentence, what fills it."""

    field: str
    code: str
    params: Mapping[str, object]


class BadInputError(DeskError):
    """Raised with every fault found, so that the reader mends all of them at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(f"{fault.field}: {fault.code}" for fault in faults))
        self.faults = faults


class RefusedError(DeskError):
    """Raised when the state of a complaint, or who asks, does not allow a verb."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class NotFoundError(DeskError):
    """Raised alike for an unknown reference and a wrong code, so that neither is told."""


class FormUsedError(DeskError):
    """Raised when a form's id was used already for other content."""


class ChangedMeanwhileError(DeskError):
    """Raised when the complaint changed between being read and being written."""
