"""The staff's desk: every address under ``/desk``, each module one matter.

`auth` stands before all of them; what comes before a sign-in stands in `sign_in`.
"""

from chalicelib.entrypoints.http.desk import (
    account,
    archive,
    complaints,
    log,
    queue,
    reception,
    sign_in,
    staff,
)
from chalicelib.entrypoints.http.desk.blueprint import desk

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
