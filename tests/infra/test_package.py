"""The zip: what is in it, what is not, and that it runs."""

import re
import subprocess
import sys
from importlib.util import MAGIC_NUMBER

import pytest
from PIL import ImageCms

from desk.packaging import PackagingError, handlers
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


@pytest.mark.skipif(not handlers.can_start_here(), reason="Lambda's binaries run on Linux only")
def test_every_handler_starts_from_the_zip_alone(packaged, template):
    """Each handler is imported in a fresh interpreter that sees only what Lambda has."""
    names = handlers.handler_names(template)
    assert names == ("app.app", "app.notifier", "app.photos", "app.sweep")
    handlers.start_handlers(packaged / "deployment.zip", names)
    assert f"started from the zip alone: {', '.join(names)}" in _printed(packaged)


@pytest.mark.skipif(not handlers.can_start_here(), reason="Lambda's binaries run on Linux only")
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


@pytest.mark.skipif(not handlers.can_start_here(), reason="Lambda's binaries run on Linux only")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_taken_with_what_is_in_the_zip(zipped, tmp_path, kind):
    """What was left out of Pillow is not missed by any kind of photo that is taken."""
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
    """What each function fetches at a cold start; Pillow is two thirds of it."""
    assert (packaged / "deployment.zip").stat().st_size < 7_000_000


def test_each_step_prints_a_line(packaged):
    """An operator sees what was done, and where the zip is."""
    lines = _printed(packaged).splitlines()
    assert [line for line in lines if not line.startswith("· ")] == lines[-1:]
    assert lines[-1].startswith(str(packaged / "deployment.zip"))


def test_a_template_that_does_not_lint_fails_with_the_reason():
    """Every error and every warning stops the packaging, and says where it is."""
    topic = '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"Nme": "x"}}}}'
    with pytest.raises(PackagingError, match="Resources/Topic/Properties"):
        lint_template("A template", topic)


def _byte_code_of_app(zipped):
    return next(name for name in zipped.namelist() if name.startswith("__pycache__/app."))


def _printed(packaged):
    return (packaged / "printed.txt").read_text()
