"""The table in memory, under the product's own adapters."""

import os

from chalicelib.bootstrap import Container
from chalicelib.settings import settings_from
from desk.offline.memory_table.client import MemoryDynamoDB
from desk.offline.memory_table.schema import schema_from
from desk.offline.memory_table.table import Table


def memory_client(name="complaint-desk"):
    """A client of an empty table with the schema of infra/storage.yaml."""
    return MemoryDynamoDB(Table(name, schema_from()))


def memory_container():
    """The product's parts over an empty table in memory."""
    settings = settings_from(os.environ)
    return Container(settings, {"dynamodb": memory_client(settings.table_name)})
