"""The zip: what is in it, what is not, and that it runs."""

import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest
from PIL import ImageCms

from desk.packaging import PackageReport, PackagingError, bundle, handlers
from desk.packaging.command import prove
from desk.packaging.targets import ARCHITECTURES, Target, python_version, target_here
from desk.packaging.template import lint_template
from support.photographs import a_photo

UNCHECKED_HASH = (0b01).to_bytes(4, "little")  # PEP 552: hash-based, source not consulted


def test_lambda_supplies_boto3(zipped):
    """Neither boto3 nor what it needs is in the zip."""
    roots = {name.split("/")[0] for name in zipped.namelist()}
    assert not roots.intersection(handlers.SUPPLIED)


def test_no_test_and_no_cache_of_this_machine_is_shipped(zipped):
    """Byte code in the zip is of the one Python version that runs it."""
    names = zipped.namelist()
    assert not [name for name in names if "tests/" in name]
    versions = {name.split(".")[-2] for name in names if name.endswith(".pyc")}
    assert len(versions) == 1


def test_every_module_is_precompiled(zipped):
    """Lambda's folder is read-only, so what is not compiled here is compiled at each start."""
    names = set(zipped.namelist())
    sources = {name for name in names if name.endswith(".py")}
    compiled = {re.sub(r"__pycache__/(\w+)\..*", r"\1.py", it) for it in names - sources}
    assert sources - compiled == set()


def test_byte_code_is_used_without_a_look_at_its_source(zipped):
    """File times do not survive a zip, so no byte code depends on them."""
    for name in zipped.namelist():
        if name.endswith(".pyc"):
            assert zipped.read(name)[:8] == MAGIC_NUMBER + UNCHECKED_HASH, name


def test_no_place_of_this_machine_is_shipped(zipped, packaged):
    """Tracebacks name the file where Lambda has it."""
    place = str(packaged).encode()
    assert not [name for name in zipped.namelist() if place in zipped.read(name)]
    assert b"/var/task/app.py" in zipped.read(_byte_code_of_app(zipped))


@pytest.mark.skipif(not target_here().is_here, reason="Lambda's binaries run on Linux only")
def test_every_handler_starts_from_the_zip_alone(packaged, template):
    """Each handler is imported in a fresh interpreter that sees only what Lambda has."""
    held = handlers.archives_of(template)
    assert held == {
        "app.app": "deployment.zip",
        "app.notifier": "deployment.zip",
        "app.photos": "photos.zip",
        "app.feedback": "deployment.zip",
        "app.sweep": "deployment.zip",
    }
    for name, archive in held.items():
        handlers.start_handlers(packaged / archive, [name])
    assert f"started from their zips alone: {', '.join(held)}" in _printed(packaged)


@pytest.mark.skipif(not target_here().is_here, reason="Lambda's binaries run on Linux only")
def test_a_handler_that_is_not_there_is_named(packaged):
    """A handler that the zip does not hold fails the packaging, by its name."""
    with pytest.raises(PackagingError, match=r"app\.nobody failed"):
        handlers.start_handlers(packaged / "deployment.zip", ["app.nobody"])


TAKE = """
import sys
sys.path[:0] = sys.argv[1:]
from chalicelib.adapters.image_processor import PillowImageProcessor
import PIL
sent = bytes.fromhex(sys.stdin.read())
print(PIL.__file__, len(PillowImageProcessor().copies(sent).small) > 0)
"""


@pytest.mark.skipif(not target_here().is_here, reason="Lambda's binaries run on Linux only")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_taken_with_what_is_in_the_zip(packaged, tmp_path, kind):
    """What was left out of Pillow is not missed by any kind of photo that is taken."""
    with zipfile.ZipFile(packaged / "photos.zip") as zipped:
        zipped.extractall(tmp_path)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-I", "-S", "-B", "-c", TAKE, str(tmp_path)],
        input=a_photo(kind=kind, icc_profile=profile).hex(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(tmp_path / "PIL" / "__init__.py"), "True"]


def test_the_zip_is_no_larger_than_it_must_be(packaged):
    """What each function fetches at a cold start; Pillow, more than half of it, photos alone."""
    assert (packaged / "deployment.zip").stat().st_size < 3_700_000
    assert (packaged / "photos.zip").stat().st_size < 7_800_000


def test_pillow_is_in_the_photos_zip_alone(packaged):
    """The functions that answer and send never fetch what makes pictures."""
    pillow = {"PIL", "pillow.libs", "pillow-12.2.0.dist-info"}
    for name, held in (("deployment.zip", set()), ("photos.zip", pillow)):
        with zipfile.ZipFile(packaged / name) as zipped:
            roots = {one.split("/")[0] for one in zipped.namelist()}
        assert {root for root in roots if root.lower().startswith(("pil", "pillow"))} == held


def test_another_machines_package_is_not_started_and_that_is_said(packaged, capsys):
    """What this machine cannot load is not tried, and no silence takes it for proved."""
    report = PackageReport((), packaged / "template.json", ())
    (foreign,) = (Target(one) for one in ARCHITECTURES if not Target(one).is_here)
    prove(report, foreign)
    assert f"handlers not started: built for {foreign.architecture}" in capsys.readouterr().out


def test_the_runtime_is_the_python_that_built(template):
    """The byte code is of one Python, and Lambda runs that."""
    functions = [
        it for it in template["Resources"].values() if "Runtime" in it.get("Properties", {})
    ]
    assert {one["Properties"]["Runtime"] for one in functions} == {f"python{python_version()}"}


@pytest.mark.parametrize("running", [(3, 10), (3, 14)])
def test_a_python_that_is_not_foreseen_builds_nothing(running):
    """An interpreter whose byte code nobody proved on Lambda is refused by its number."""
    with pytest.raises(PackagingError, match=f"the one that builds is {running[0]}.{running[1]}"):
        python_version(running)


def test_chalice_deploy_is_refused_where_somebody_would_try_it(tmp_path):
    """It stops before anything is built or asked of AWS; the file that it names says why."""
    shutil.copytree(bundle.FUNCTIONS, tmp_path / "functions")
    done = subprocess.run(  # noqa: S603 - the environment's own
        [str(Path(sys.executable).with_name("chalice")), "deploy", "--stage", "production"],
        cwd=tmp_path / "functions",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "you must provide an 'iam_role_arn' in config.json" in done.stdout + done.stderr
    config = (tmp_path / "functions" / ".chalice" / "config.json").read_text("utf-8")
    assert "Chalice cannot deploy this project" in config
    assert list((bundle.ROOT / "docs" / "decisions").glob("0046-*.md"))


def test_the_template_travels_within_a_request(packaged):
    """CloudFormation takes 51,200 bytes without a bucket."""
    assert (packaged / "template.json").stat().st_size <= 51_200


def test_each_step_prints_a_line(packaged):
    """An operator sees what was done, and where the zip is."""
    lines = _printed(packaged).splitlines()
    told = [line for line in lines if not line.startswith("· ")]
    assert told[-1] == lines[-1]
    assert told[0].startswith("Warning: this is the demonstration's company")
    assert len(told) == 2
    for name in ("deployment.zip", "photos.zip"):
        assert str(packaged / name) in lines[-1]


def test_a_template_that_does_not_lint_fails_with_the_reason():
    """Every error and every warning stops the packaging, and says where it is."""
    topic = '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"Nme": "x"}}}}'
    with pytest.raises(PackagingError, match="Resources/Topic/Properties"):
        lint_template("A template", topic)


def _byte_code_of_app(zipped):
    return next(name for name in zipped.namelist() if name.startswith("__pycache__/app."))


def _printed(packaged):
    return (packaged / "printed.txt").read_text()
