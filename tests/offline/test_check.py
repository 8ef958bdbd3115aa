"""`desk check`: what an operator reads when a policy file is sound, and when it is not."""

import pytest

from chalicelib.policy.reader import COMMUNITY, ORGANISATION
from offline.running import desk

COMPANY = COMMUNITY.read_text("utf-8")
FAULTS = {
    'severity = "major"': 'severity = "huge"',
    "major_loss = 5000 ": 'major_loss = "much" ',
    "closes = 18:00:00": "closes = 08:00:00",
}


def checked(path):
    """What `desk check` makes of a file; no cloud is needed for it."""
    return desk(path.parent, "check", str(path))


def test_the_companys_files_are_sound(tmp_path):
    """Named or not, the files of this checkout are found sound."""
    for words in ([], [str(COMMUNITY), str(ORGANISATION)]):
        result = desk(tmp_path, "check", *words)
        sound = f"{COMMUNITY}: sound\n{ORGANISATION}: sound\n"
        assert (result.returncode, result.stdout) == (0, sound)


SAID = {
    "zh": "`Asia/Shanghia` 不是时区名称；中国是 Asia/Shanghai",
    "en": "`Asia/Shanghia` is not a time zone; in China it is Asia/Shanghai",
}


@pytest.mark.parametrize("language", SAID)
def test_an_organisations_faults_are_told_in_the_readers_language(tmp_path, language):
    """A file of the organisation is known as one, and each fault has its line."""
    path = tmp_path / "ours.toml"
    text = ORGANISATION.read_text("utf-8").replace("Asia/Shanghai", "Asia/Shanghia", 1)
    path.write_text(text, "utf-8")
    result = desk(tmp_path, "check", str(path), "--language", language)
    line = 1 + text.splitlines().index('zone = "Asia/Shanghia"')
    assert (result.returncode, result.stdout) == (1, f"{path}:{line}: {SAID[language]}\n")


def test_every_fault_has_its_line_and_its_reason(tmp_path):
    """A file with several faults is refused with a line for each: file, line, reason."""
    text = COMPANY
    for sound, faulty in FAULTS.items():
        text = text.replace(sound, faulty, 1)
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    result = checked(path)
    assert result.returncode == 1
    said = result.stdout.splitlines()
    for faulty in FAULTS.values():
        line = next(n for n, each in enumerate(text.splitlines(), 1) if faulty in each)
        reasons = [one for one in said if one.startswith(f"{path}:{line}: ")]
        assert reasons, f"{faulty}, line {line}: {said}"
        assert len(reasons[0]) > len(f"{path}:{line}: ") + 10


def test_a_missing_file_is_said_so(tmp_path):
    """The file that is not there is named; there is no traceback."""
    result = checked(tmp_path / "nowhere.toml")
    assert result.returncode == 1
    assert (
        result.stderr
        == f"Error: {tmp_path}/nowhere.toml cannot be read: No such file or directory\n"
    )


def test_a_file_in_another_encoding_is_said_so(tmp_path):
    """A file that was saved as GBK is refused as not UTF-8."""
    path = tmp_path / "gbk.toml"
    path.write_bytes(COMPANY.encode("gb18030"))
    result = checked(path)
    assert result.returncode == 1
    assert f"{path} is not UTF-8" in result.stderr
    assert "Traceback" not in result.stderr
