"""The server's keys in SSM Parameter Store, as one SecureString of JSON."""

from dataclasses import dataclass
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from chalicelib.application.key_rings import KeyRings
from chalicelib.application.keys import WeakKeyError
from chalicelib.application.ports.key_store import KeysExistError, NoKeysError


@dataclass(frozen=True)
class ParameterKeyStore:
    """The `KeyStore` port over an SSM client and the name of a parameter."""

    client: Any
    name: str

    def read(self) -> KeyRings:
        """One request; AWS decrypts."""
        try:
            found = self.client.get_parameter(Name=self.name, WithDecryption=True)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ParameterNotFound":
                raise NoKeysError(self.name) from error
            raise
        try:
            return msgspec.json.decode(found["Parameter"]["Value"], type=KeyRings)
        except (msgspec.DecodeError, msgspec.ValidationError):
            # Its words are not repeated: they may quote a key.
            raise WeakKeyError(f"{self.name} does not hold two rings of keys") from None

    def create(self, rings: KeyRings) -> None:
        """Only where there is none."""
        try:
            self._put(rings, overwrite=False)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ParameterAlreadyExists":
                raise KeysExistError(self.name) from error
            raise

    def replace(self, rings: KeyRings) -> None:
        """A new version of the parameter."""
        self._put(rings, overwrite=True)

    def _put(self, rings: KeyRings, *, overwrite: bool) -> None:
        value = msgspec.json.encode(rings).decode()
        self.client.put_parameter(
            Name=self.name, Value=value, Type="SecureString", Overwrite=overwrite
        )
