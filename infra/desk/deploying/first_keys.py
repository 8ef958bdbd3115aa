"""The stage's keys, made with the first deployment and never by a later one."""

import secrets
from datetime import UTC, datetime

from botocore.exceptions import ClientError

from chalicelib.adapters.key_store import ParameterKeyStore
from chalicelib.application import key_rings
from chalicelib.application.ports.key_store import KeysExistError
from desk.deploying.stage import Stage


def ensure_keys(stage: Stage) -> bool:
    """Make one key in each ring where there is none yet; whether it did."""
    now = datetime.now(UTC)  # noqa: TID251 - the keys are dated by the moment that it is
    store = ParameterKeyStore(stage.client("ssm"), stage.keys_parameter)
    try:
        store.create(key_rings.new_rings(now, secrets.token_bytes))
    except KeysExistError:
        return False
    return True


def keys_version(stage: Stage) -> str:
    """How often the keys were changed; 0 before there are any. The keys are not read."""
    try:
        found = stage.client("ssm").get_parameter(Name=stage.keys_parameter)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ParameterNotFound":
            return "0"
        raise
    return str(found["Parameter"]["Version"])
