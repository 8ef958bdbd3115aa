"""The company's own files: checked, put into the package, and shown on the site."""

import pytest
from click.testing import CliRunner

from chalicelib.policy import load_organisation, load_policy
from chalicelib.policy.reader import COMMUNITY, ORGANISATION
from desk.company import CompanyFiles
from desk.packaging import bundle, package_command
from desk.packaging.targets import Target
from desk.site import build_site


def packaged(tmp_path, *words):
    options = ["--out", str(tmp_path / "out"), "--language", "en", *words]
    return CliRunner().invoke(package_command, options)


def test_the_package_holds_the_companys_own_files(company, tmp_path):
    """What runs is what was given, and nothing of the demonstration's is left beside it."""
    bundle.copy_functions(tmp_path / "functions", Target(), company)
    folder = tmp_path / "functions" / "chalicelib" / "policy"
    assert load_organisation(folder / ORGANISATION.name).sender.endswith("<desk@wuye.cn>")
    assert load_policy(folder / COMMUNITY.name).settings.major_loss == 800
    assert not [it for it in folder.rglob("*.toml") if "anhe.example" in it.read_text("utf-8")]


@pytest.mark.parametrize(
    ("option", "name"), [("--organisation", "ours"), ("--policy", "our-policy")]
)
@pytest.mark.usefixtures("company")
def test_a_faulty_file_is_refused_before_anything_is_made(tmp_path, option, name):
    """Each fault by file and line; no package is left that could be deployed by mistake."""
    path = tmp_path / f"{name}.toml"
    path.write_text(path.read_text("utf-8").replace('key = "', "key = ", 1), "utf-8")
    refused = packaged(tmp_path, option, str(path))
    assert refused.exit_code == 1
    assert "Nothing was made" in refused.output
    assert f"{path}:" in refused.output
    assert not (tmp_path / "out").exists()


def test_files_in_each_others_place_are_refused(company, tmp_path):
    """A policy is no organisation, and says so rather than forty faults."""
    refused = packaged(tmp_path, "--organisation", str(company.policy))
    assert refused.output.endswith("no [[community]], no [[department]] and no sender\n")
    refused = packaged(tmp_path, "--policy", str(company.organisation))
    assert refused.output.endswith("This is a file of the organisation, not a policy\n")


def test_the_demonstrations_company_is_warned_of(company, capsys):
    """Whoever packages without files of their own is told; who gives them is not."""
    CompanyFiles().warn("zh")
    assert "演示用的公司" in capsys.readouterr().err
    company.warn("zh")
    assert capsys.readouterr().err == ""


@pytest.mark.slow
def test_the_site_is_built_from_the_same_files(company, tmp_path):
    """The form and the privacy notice name the company, and its numbers; the handbook its rules."""
    site = tmp_path / "site"
    assert build_site(site, company)
    form = (site / "complain" / "index.html").read_text("utf-8")
    privacy = (site / "complain" / "privacy" / "index.html").read_text("utf-8")
    assert "021-6123-1100" in form
    assert "021-5550" not in form + privacy
    assert "和安物业服务有限公司" in privacy
    assert not build_site(site, company)
    assert build_site(site)
