"""Robots in the staff's groups, each kind over the webhook that its service gave out.

A kind that comes (DingTalk, Feishu) is a class more, under its name in `ROBOTS`. Of urllib3, which
Lambda has beside botocore, nothing is used that its version 1 does not know.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import urllib3
from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    SSLError,
)

from chalicelib.application.ports.group_chat import (
    ChatBusyError,
    ChatRefusedError,
    ChatUnansweredError,
)

_OK, _TOO_MANY, _SERVERS = 200, 429, 500
_NOT_SENT = (ConnectTimeoutError, NewConnectionError, SSLError)


@dataclass(frozen=True)
class WeComRobot:
    """The `GroupChat` port over a group's robot in WeCom (企业微信).

    `url` holds the robot's key: whoever knows it can speak in the group. It is asked for each
    time, so that another one counts at once, and stands in no error. WeCom takes 20 messages a
    minute of a robot.
    """

    BEGINS: ClassVar[str] = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="
    url: Callable[[], str]
    connect_seconds: float = 3.0
    read_seconds: float = 5.0
    most_bytes: int = 2048

    def say(self, text: str) -> None:
        """As plain text, which every client of WeCom shows."""
        answer = self._answer(self.url(), {"msgtype": "text", "text": {"content": text}})
        if answer.status == _TOO_MANY or answer.status >= _SERVERS:
            raise ChatBusyError(f"HTTP {answer.status}")
        if answer.status != _OK:
            raise ChatRefusedError(f"HTTP {answer.status}")
        try:
            code = json.loads(answer.data)["errcode"]
        except (ValueError, KeyError, TypeError):
            raise ChatUnansweredError from None
        if code in _WECOM_BUSY:
            raise ChatBusyError(f"errcode {code}")
        if code != 0:
            raise ChatRefusedError(f"errcode {code}")

    def _answer(self, url: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - urllib3 1 and 2 differ
        """What the service answers. Errors of the way there would say the URL: they are cut off."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        patience = urllib3.Timeout(connect=self.connect_seconds, read=self.read_seconds)
        try:
            with urllib3.PoolManager() as pool:
                return pool.request(
                    "POST",
                    url,
                    body=sent,
                    headers={"Content-Type": "application/json; charset=utf-8"},
                    timeout=patience,
                    retries=False,
                    redirect=False,
                )
        except _NOT_SENT:
            raise ChatBusyError("not reached") from None
        except HTTPError:
            raise ChatUnansweredError from None


_WECOM_BUSY = (-1, 45009)
"""The service is busy, and too many messages in a minute; all other codes are for good."""

ROBOTS = {"wecom": WeComRobot}
"""Each kind that organisation.toml may name."""


@dataclass(frozen=True)
class ParameterRobotUrl:
    """Where a stage keeps its robot's URL: an encrypted parameter, beside the server's keys."""

    client: Any
    name: str

    def read(self) -> str:
        """The URL. Raises ChatBusyError where none was set yet, or it cannot be read now."""
        try:
            found = self.client.get_parameter(Name=self.name, WithDecryption=True)
        except ClientError as error:
            raise ChatBusyError(error.response["Error"]["Code"]) from error
        except BotoCoreError as error:
            raise ChatBusyError(type(error).__name__) from error
        url: str = found["Parameter"]["Value"]
        return url

    def write(self, url: str) -> None:
        """Keep it, in the place of another."""
        self.client.put_parameter(Name=self.name, Value=url, Type="SecureString", Overwrite=True)
