"""What the environment says, read once into values; what is missing is named."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

NEEDED = (
    "TABLE_NAME",
    "SITE_URL",
    "CODE_KEYS",
    "USER_POOL_ID",
    "USER_POOL_CLIENT_ID",
    "PHOTOS_BUCKET",
)


class SettingsError(Exception):
    """Raised when the environment lacks settings; names each of them."""


class Settings(Struct, frozen=True):
    """Where things are, and the keys.

    `code_keys` are newest first; `site_url` has no slash at its end; `clock_file` is set
    offline alone, where time can be moved. `operator_email` is blank where nobody is to hear.
    """

    table_name: str
    site_url: str
    code_keys: tuple[bytes, ...]
    user_pool_id: str = ""
    user_pool_client_id: str = ""
    photos_bucket: str = ""
    clock_file: Path | None = None
    operator_email: str = ""


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings in this environment. Raises SettingsError naming all that is missing."""
    missing = [name for name in NEEDED if not environment.get(name, "").strip()]
    if missing:
        raise SettingsError(f"Set in the environment: {', '.join(missing)}")
    keys = environment["CODE_KEYS"].split(",")
    clock_file = environment.get("CLOCK_FILE")
    return Settings(
        table_name=environment["TABLE_NAME"],
        site_url=environment["SITE_URL"].rstrip("/"),
        code_keys=tuple(key.strip().encode() for key in keys if key.strip()),
        user_pool_id=environment["USER_POOL_ID"],
        user_pool_client_id=environment["USER_POOL_CLIENT_ID"],
        photos_bucket=environment["PHOTOS_BUCKET"],
        clock_file=Path(clock_file) if clock_file else None,
        operator_email=environment.get("OPERATOR_EMAIL", "").strip(),
    )
