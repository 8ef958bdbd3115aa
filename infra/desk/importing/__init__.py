"""`desk import`: complaints from a spreadsheet, row by row, under a mapping file.

`mapping` says which column fills which field, `sheet` reads the file, `reading` makes
an intake of each row, `taking_in` keeps it for a delivery, `report` says what came of
it. Only `command` knows that there is a terminal.
"""

from desk.importing.command import import_command

__all__ = ["import_command"]
