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


def checked(path, *words):
    """What `desk check` makes of a file; no cloud is needed for it."""
    return desk(path.parent, "check", str(path), *words)


@pytest.mark.parametrize(("language", "sound"), [("zh", "没有问题"), ("en", "sound")])
def test_the_companys_files_are_sound(tmp_path, language, sound):
    """Named or not, the files of this checkout are found sound, in the reader's language."""
    for words in ([], [str(COMMUNITY), str(ORGANISATION)]):
        result = desk(tmp_path, "check", *words, "--language", language)
        said = f"{COMMUNITY}: {sound}\n{ORGANISATION}: {sound}\n"
        assert (result.returncode, result.stdout) == (0, said)


SAID = {
    ("organisation", "zh"): "`Asia/Shanghia` 不是时区名称；中国是 Asia/Shanghai",
    ("organisation", "en"): "`Asia/Shanghia` is not a time zone; in China it is Asia/Shanghai",
    ("policy", "zh"): "`closes` 必须晚于 `opens`",
    ("policy", "en"): "`closes` must be later than `opens`",
}
MISTAKES = {
    "organisation": (ORGANISATION, 'zone = "Asia/Shanghai"', 'zone = "Asia/Shanghia"'),
    "policy": (COMMUNITY, "closes = 18:00:00", "closes = 08:00:00"),
}


@pytest.mark.parametrize(("kind", "language"), SAID)
def test_faults_are_told_in_the_readers_language(tmp_path, kind, language):
    """What a file is shows in it, and each fault has its line."""
    path = tmp_path / "ours.toml"
    known, sound, faulty = MISTAKES[kind]
    text = known.read_text("utf-8").replace(sound, faulty, 1)
    path.write_text(text, "utf-8")
    result = checked(path, "--language", language)
    line = 1 + text.splitlines().index(faulty)
    said = f"{path}:{line}: {SAID[kind, language]}\n"
    assert (result.returncode, result.stdout) == (1, said)


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


UNREADABLE = {"zh": "无法读取 {path}：", "en": "{path} cannot be read: "}
ANOTHER_ENCODING = {"zh": "{path} 不是 UTF-8 编码", "en": "{path} is not UTF-8"}


@pytest.mark.parametrize("language", UNREADABLE)
def test_a_missing_file_is_said_so(tmp_path, language):
    """The file that is not there is named; there is no traceback."""
    path = tmp_path / "nowhere.toml"
    result = checked(path, "--language", language)
    assert result.returncode == 1
    said = UNREADABLE[language].format(path=path)
    assert result.stderr == f"Error: {said}No such file or directory\n"


@pytest.mark.parametrize("language", ANOTHER_ENCODING)
def test_a_file_in_another_encoding_is_said_so(tmp_path, language):
    """A file that was saved as GBK is refused as not UTF-8."""
    path = tmp_path / "gbk.toml"
    path.write_bytes(COMPANY.encode("gb18030"))
    result = checked(path, "--language", language)
    assert result.returncode == 1
    assert ANOTHER_ENCODING[language].format(path=path) in result.stderr
    assert "Traceback" not in result.stderr
