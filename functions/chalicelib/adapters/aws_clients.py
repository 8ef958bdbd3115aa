"""Clients of AWS, made with as little work as a cold start allows.

botocore looks for every service that it knows before it makes a client of one, and reads its
models with the standard library's JSON; its session takes another loader for both. The first
client ends a cold start.
"""

import gzip
from pathlib import Path
from typing import Any

import msgspec
from botocore.config import Config
from botocore.loaders import Loader
from botocore.session import Session, get_session

from chalicelib import cold_start

SERVICES = ("cognito-idp", "dynamodb", "s3", "sesv2", "ssm")
"""The services that the functions use; a client of another is refused."""


class AwsClients:
    """Makes clients of one session; AWS_ENDPOINT_URL in the environment leads elsewhere.

    The session is this process's own unless another is given, which knows all services then.
    """

    def __init__(self, session: Session | None = None) -> None:
        self.session: Session = session or _quick_session()

    def client(self, service: str, tries: int = 3) -> Any:  # noqa: ANN401 - botocore's clients have no type
        """A client. What cannot be repeated without harm, as sending a letter, is tried once.

        Raises UnknownServiceError for a service that the session does not know.
        """
        config = Config(retries={"total_max_attempts": tries})
        try:
            return self.session.create_client(service, config=config)
        finally:
            cold_start.end()


def _quick_session() -> Session:
    session = get_session()
    session.register_component("data_loader", _OurServices(file_loader=_QuickFiles()))
    return session


class _OurServices(Loader):  # type: ignore[misc] # botocore has no types
    """Looks for the models of our services alone, and has the little that we ask of SSM.

    botocore's model of SSM is the largest of all: reading it would take longer than making the
    table's client.
    """

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 - botocore's own
        """The services that there are."""
        return list(SERVICES)

    def load_service_model(
        self, service_name: str, type_name: str, api_version: str | None = None
    ) -> Any:  # noqa: ANN401 - as the model has it
        """The model of this kind; of SSM our own."""
        if (service_name, type_name) == ("ssm", "service-2"):
            return _our_ssm()
        return super().load_service_model(service_name, type_name, api_version)


def _our_ssm() -> Any:  # noqa: ANN401 - as the model has it
    return _QuickFiles().load_file(str(Path(__file__).with_name("ssm")))


class _QuickFiles:
    """Reads botocore's models by msgspec, several times as fast."""

    def exists(self, file_path: str) -> bool:
        """Whether there is a model of this name."""
        return any(path.is_file() for path in _places(file_path))

    def load_file(self, file_path: str) -> Any:  # noqa: ANN401 - as the model has it
        """The model of this name; None when there is none."""
        for path in _places(file_path):
            if path.is_file():
                content = path.read_bytes()
                packed = path.suffix == ".gz"
                return msgspec.json.decode(gzip.decompress(content) if packed else content)
        return None


def _places(file_path: str) -> tuple[Path, Path]:
    return Path(f"{file_path}.json"), Path(f"{file_path}.json.gz")
