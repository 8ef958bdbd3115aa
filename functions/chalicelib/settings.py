"""What the environment says, read once into values; what is missing is named."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from chalicelib.application.keys import WeakKeyError, require_strong

KEYS = ("CODE_KEYS", "FORM_KEYS")
"""The keys themselves, offline and in tests; deployed, KEYS_PARAMETER names where they are."""
NEEDED = (
    "TABLE_NAME",
    "SITE_URL",
    "USER_POOL_ID",
    "USER_POOL_CLIENT_ID",
    "PHOTOS_BUCKET",
)


class SettingsError(Exception):
    """Raised when settings are missing, or a key is bad; names each of them."""


class Settings(Struct, frozen=True):
    """Where things are, and the keys.

    `code_keys` and `form_keys` have first the one that makes, and are empty where
    `keys_parameter` names the parameter that holds them; `site_url` has no slash at its end;
    `clock_file` is set offline alone, where time can be moved. `operator_email` is blank where
    nobody is to hear.
    `needs_second_factor`: managers and leadership sign in with a second factor or not at all.
    """

    table_name: str
    site_url: str
    code_keys: tuple[bytes, ...] = ()
    form_keys: tuple[bytes, ...] = ()
    keys_parameter: str = ""
    user_pool_id: str = ""
    user_pool_client_id: str = ""
    photos_bucket: str = ""
    clock_file: Path | None = None
    operator_email: str = ""
    needs_second_factor: bool = False
    robot_url: str = ""

    @property
    def robot_parameter(self) -> str:
        """The parameter that holds the URL of the robot in the staff's group, where keys are kept.

        Blank offline and in tests, where `robot_url` is the URL itself.
        """
        return f"{self.keys_parameter}/robot" if self.keys_parameter else ""


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings in this environment.

    Raises SettingsError naming all that is missing, or the key that is empty or too short.
    """
    parameter = environment.get("KEYS_PARAMETER", "").strip()
    needed = NEEDED if parameter else (*NEEDED, *KEYS)
    missing = [name for name in needed if not environment.get(name, "").strip()]
    if missing:
        raise SettingsError(f"Set in the environment: {', '.join(missing)}")
    code_keys, form_keys = ((), ()) if parameter else (_keys(environment, name) for name in KEYS)
    clock_file = environment.get("CLOCK_FILE")
    return Settings(
        table_name=environment["TABLE_NAME"],
        site_url=environment["SITE_URL"].rstrip("/"),
        code_keys=code_keys,
        form_keys=form_keys,
        keys_parameter=parameter,
        user_pool_id=environment["USER_POOL_ID"],
        user_pool_client_id=environment["USER_POOL_CLIENT_ID"],
        photos_bucket=environment["PHOTOS_BUCKET"],
        clock_file=Path(clock_file) if clock_file else None,
        operator_email=environment.get("OPERATOR_EMAIL", "").strip(),
        needs_second_factor=environment.get("SECOND_FACTOR") == "required",
        robot_url=environment.get("ROBOT_URL", "").strip(),
    )


def _keys(environment: Mapping[str, str], name: str) -> tuple[bytes, ...]:
    """The keys under this name, newest first, separated by commas."""
    given = enumerate(environment[name].split(","), 1)
    try:
        return require_strong(name, {f"key {at}": key.strip().encode() for at, key in given})
    except WeakKeyError as error:
        raise SettingsError(str(error)) from error
