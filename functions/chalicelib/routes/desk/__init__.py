"""The staff's desk: every address under ``/desk``, each module one matter.

`guard` stands before all of them; what comes before a sign-in stands in `sign_in`.
"""

from chalicelib.routes.desk import (
    account,
    archive,
    complaints,
    log,
    queue,
    reception,
    sign_in,
    staff,
)
from chalicelib.routes.desk.blueprint import desk

__all__ = [
    "account",
    "archive",
    "complaints",
    "desk",
    "log",
    "queue",
    "reception",
    "sign_in",
    "staff",
]
