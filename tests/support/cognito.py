"""Cognito in this process: the pool of infra/identity.yaml under the ids that the settings name."""

import base64
import hmac
import struct
import time

from moto.cognitoidp.models import cognitoidp_backends
from moto.core import DEFAULT_ACCOUNT_ID

from desk.offline.identity import make_pool

PARAMETERS = {
    "SiteUrl": "http://localhost:8000",
    "Sender": "desk@anhe.example",
    "MailIdentity": "anhe.example",
}


def password_of(staff_id):
    """The password of somebody in the tests."""
    return f"long enough for {staff_id}"


_MADE = []
"""The one pool of this process: to make another costs as much as the rest of a test."""


def open_pool(container, client):
    """Let an empty pool be found under the ids that the settings name."""
    settings, pools = container.settings, backend().user_pools
    if settings.user_pool_id in pools:
        return
    if not _MADE:
        _MADE.append(_named(make_pool(client, PARAMETERS), settings))
    (pool,) = _MADE
    for kept in (pool.users, pool.access_tokens, pool.id_tokens, pool.refresh_tokens):
        kept.clear()
    pools[settings.user_pool_id] = pool


def _named(made, settings):
    """The pool that was made, under other ids, and with a secret that does not change."""
    pool = backend().user_pools.pop(made.pool_id)
    pool.id = settings.user_pool_id
    known = pool.clients.pop(made.client_id)
    known.id = settings.user_pool_client_id
    known.secret = "a made-up secret, long enough"
    pool.clients[known.id] = known
    return pool


def enrol(container, client, staff):
    """An account with a password chosen by its owner."""
    pool = container.settings.user_pool_id
    container.identity.create(staff.id, staff.email)
    client.admin_set_user_password(
        UserPoolId=pool, Username=staff.id, Password=password_of(staff.id), Permanent=True
    )


def backend():
    """Moto's own store, for what the mail would have said."""
    return cognitoidp_backends[DEFAULT_ACCOUNT_ID]["us-east-1"]


def account(container, staff_id):
    """An account as moto keeps it."""
    return backend().user_pools[container.settings.user_pool_id].users[staff_id]


def code_of(secret, at=None):
    """What an authenticator shows (RFC 6238): six digits of this half minute, or of that of `at`.

    Like anybody who has to type them, it waits for the next ones where these are nearly over.
    """
    at = _early_in_a_half_minute() if at is None else at
    padded = secret.upper() + "=" * (-len(secret) % 8)
    step = struct.pack(">Q", int(at) // 30)
    digest = hmac.digest(base64.b32decode(padded), step, "sha1")
    (number,) = struct.unpack(">I", digest[digest[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def _early_in_a_half_minute():
    now = time.time()  # noqa: TID251 - by which moto judges a code
    wait = 0 if now % 30 < 25 else 30 - now % 30
    time.sleep(wait)
    return now + wait
