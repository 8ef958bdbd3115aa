"""`desk destroy`: takes a stage down; its data stays unless told otherwise in words."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import click

from chalicelib import locales
from desk.clouds import needed_stage_options
from desk.deploying.changes import StackChanges, StackFailedError
from desk.deploying.elsewhere import Elsewhere
from desk.deploying.failures import AWS_ERRORS
from desk.deploying.memory import Memory
from desk.deploying.narrator import Narrator
from desk.deploying.stage import Stage, StageMissingError, Standing
from desk.options import language_option
from desk.stacks import DATA, Stack, dismantling


@click.command("destroy")
@click.option("--with-data", is_flag=True, help="Complaints, photos, accounts and keys as well.")
@language_option
@needed_stage_options
def destroy(stage: Stage, language: str, *, with_data: bool) -> None:
    """Take a stage down. What cannot be made again stays, unless --with-data and words say so."""
    elsewhere = click.get_current_context().find_object(Elsewhere) or Elsewhere()
    narrator = Narrator(language)
    standing = {
        one.name: described
        for one in dismantling(with_data=True)
        if (described := stage.described(one.name))
    }
    if not standing:
        raise StageMissingError(stage.name, stage.region, stage.account)
    named = {"account": stage.account, "region": stage.region, "stage": stage.name}
    narrator.say("account", **named)
    goes = [one for one in dismantling(with_data=with_data) if one.name in standing]
    if not goes:
        narrator.say("nothing_to_take_down")
        narrator.say("data_stays", stage=stage.name)
        return
    _say_what_goes(goes, standing, narrator, with_data=with_data)
    if not _is_confirmed(stage.name, narrator, with_data=with_data):
        raise click.ClickException(narrator.word("not_confirmed"))
    with narrator.failures_told():
        changes = StackChanges(stage, elsewhere.pause)
        _take_down(stage, goes, standing, changes, narrator)
    if with_data:
        _forget_keys(stage)
        Memory(stage).forget()
    _say_what_stays(stage.name, standing, narrator, with_data=with_data)


def _say_what_goes(
    goes: list[Stack], standing: Mapping[str, Standing], narrator: Narrator, *, with_data: bool
) -> None:
    narrator.say("goes")
    for stack in goes:
        narrator.say("entry", stack=stack.name, what=narrator.word(f"stack_{stack.name}"))
    if with_data:
        narrator.say("goes_for_good")
        return
    narrator.say("stays")
    for name in (name for name in DATA if name in standing):
        narrator.say("entry", stack=name, what=narrator.word(f"stack_{name}"))
    narrator.say("keys_stay")


def _is_confirmed(stage: str, narrator: Narrator, *, with_data: bool) -> bool:
    """Whether the operator typed what says that they mean it."""
    if with_data:
        # In either language: a guide is read in one, and the terminal may speak the other.
        wanted = [
            locales.say_desk(one, "deploy.words_of_data", stage=stage) for one in locales.LANGUAGES
        ]
        return click.prompt(narrator.word("type_words", stage=stage), type=str).strip() in wanted
    return click.prompt(narrator.word("type_stage", stage=stage), type=str).strip() == stage


def _take_down(
    stage: Stage,
    goes: list[Stack],
    standing: Mapping[str, Standing],
    changes: StackChanges,
    narrator: Narrator,
) -> None:
    """The stacks, last made first, each with what it would leave behind."""
    done: list[str] = []
    for number, stack in enumerate(goes, 1):
        narrator.say("step", number=number, all=len(goes), stack=stack.name)
        try:
            changes.take_down(stack, narrator.progress)
            _REMAINS.get(stack.name, _nothing)(stage, standing[stack.name].outputs, narrator)
        except (StackFailedError, KeyboardInterrupt, *AWS_ERRORS):
            narrator.broke_off(done)
            raise
        narrator.say("taken_down")
        done.append(stack.name)


def _say_what_stays(
    stage: str, standing: Mapping[str, Standing], narrator: Narrator, *, with_data: bool
) -> None:
    narrator.say("destroyed", stage=stage)
    if not with_data:
        narrator.say("data_stays", stage=stage)
    elif "mail" in standing and (mail := standing["mail"].outputs.get("MailIdentity")):
        narrator.say("identity_stays", identity=mail)


def _remove_bucket(name: str) -> Callable[[Stage, Mapping[str, str], Narrator], None]:
    """Removes the bucket that a stack gives out under this name, with every version in it."""

    def remove(stage: Stage, outputs: Mapping[str, str], narrator: Narrator) -> None:
        client, bucket = stage.client("s3"), outputs.get(name)
        if not bucket:
            return
        try:
            for page in client.get_paginator("list_object_versions").paginate(Bucket=bucket):
                _remove_versions(client, bucket, page)
            client.delete_bucket(Bucket=bucket)
        except client.exceptions.NoSuchBucket:
            return
        narrator.say("emptied", bucket=bucket)

    return remove


def _remove_versions(client: Any, bucket: str, page: Mapping[str, Any]) -> None:  # noqa: ANN401 - botocore's
    versions = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
    named = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in versions]
    if named:
        client.delete_objects(Bucket=bucket, Delete={"Objects": named, "Quiet": True})


def _remove_storage(stage: Stage, outputs: Mapping[str, str], narrator: Narrator) -> None:
    """The table, which is protected until somebody says otherwise, and the photos."""
    client, table = stage.client("dynamodb"), outputs["TableName"]
    try:
        client.update_table(TableName=table, DeletionProtectionEnabled=False)
        client.get_waiter("table_exists").wait(TableName=table)
        client.delete_table(TableName=table)
    except client.exceptions.ResourceNotFoundException:
        pass
    _remove_bucket("PhotosBucket")(stage, outputs, narrator)


def _remove_accounts(stage: Stage, outputs: Mapping[str, str], _: Narrator) -> None:
    """The pool of accounts, protected likewise."""
    client, pool = stage.client("cognito-idp"), outputs["UserPoolId"]
    try:
        client.update_user_pool(UserPoolId=pool, DeletionProtection="INACTIVE")
        client.delete_user_pool(UserPoolId=pool)
    except client.exceptions.ResourceNotFoundException:
        pass


def _nothing(*_: object) -> None:
    """Most stacks take all that is theirs with them."""


_REMAINS: dict[str, Callable[[Stage, Mapping[str, str], Narrator], None]] = {
    # The static pages are made again by the next deployment.
    "site": _remove_bucket("SiteBucket"),
    "storage": _remove_storage,
    "identity": _remove_accounts,
    "releases": _remove_bucket("ReleasesBucket"),
}
"""What a stack keeps when it is taken down, on purpose, and what removes that."""


def _forget_keys(stage: Stage) -> None:
    """The keys, and the URL of the robot where there is one."""
    client = stage.client("ssm")
    for name in (stage.keys_parameter, stage.robot_parameter):
        with suppress(client.exceptions.ParameterNotFound):
            client.delete_parameter(Name=name)
