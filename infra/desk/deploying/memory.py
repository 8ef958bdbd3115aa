"""What was decided about a stage, kept in its account: one parameter, beside that of the keys.

It is written when a deployment begins, so that one that broke off goes on with what was said, and
it outlives the functions: a stage that is taken down without its data is deployed again as it was.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from botocore.exceptions import ClientError

from desk.deploying.stage import Stage


@dataclass(frozen=True)
class Memory:
    """The decisions of one stage, by setting."""

    stage: Stage

    @property
    def name(self) -> str:
        """Where they are kept."""
        return f"/complaint-desk/{self.stage.name}/decided"

    def read(self) -> dict[str, str]:
        """All of them; none where nothing was decided yet."""
        client = self.stage.client("ssm")
        try:
            found = client.get_parameter(Name=self.name)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ParameterNotFound":
                return {}
            raise
        decided: dict[str, str] = json.loads(found["Parameter"]["Value"])
        return decided

    def write(self, decided: Mapping[str, str]) -> None:
        """Keep these in place of what was there."""
        value = json.dumps(dict(sorted(decided.items())), ensure_ascii=False)
        self.stage.client("ssm").put_parameter(
            Name=self.name, Value=value, Type="String", Overwrite=True
        )

    def forget(self) -> None:
        """Keep nothing."""
        client = self.stage.client("ssm")
        try:
            client.delete_parameter(Name=self.name)
        except client.exceptions.ParameterNotFound:
            return
