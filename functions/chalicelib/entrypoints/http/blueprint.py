"""What a view asks of Chalice: the request that it answers, and the log.

`routes` puts every route on it.
"""

from chalice.app import Blueprint

blueprint = Blueprint("chalicelib.entrypoints.http")
