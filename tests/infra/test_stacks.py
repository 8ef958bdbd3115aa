"""The order of the stacks: nothing is typed twice, and no stack waits for itself."""

import re

import pytest

from desk.site import security_policy
from desk.stacks import (
    INFRA,
    ORDER,
    STACKS,
    MissingValueError,
    Output,
    Setting,
    deployment,
    dismantling,
)
from support.templates import every

SETTINGS = {
    "content_security_policy": "default-src 'none'",
    "table_name": "complaint-desk-prod",
    "mail_domain": "company.example",
    "sender": "desk@company.example",
    "stage": "prod",
    "keys_parameter": "/complaint-desk/prod/keys",
    "operator_email": "operator@company.example",
    "company_files": "company/2026-12-01T09.00.00-0123456789ab",
}


@pytest.fixture(scope="module")
def templates(translated):
    return every(translated)


def made(templates, settings, outputs=None):
    """The stacks in the order of a deployment, each with what it is given."""
    outputs = dict(outputs or {})
    for stack in deployment(settings):
        yield stack.name, stack.values(settings, outputs)
        given = templates[stack.name].get("Outputs", {})
        outputs[stack.name] = {name: f"{stack.name}.{name}" for name in given}


@pytest.mark.parametrize("name", STACKS)
def test_every_parameter_has_its_source(templates, name):
    """What a template asks for is given, and what is given is asked for."""
    wanted = templates[name].get("Parameters", {})
    needed = {key for key, one in wanted.items() if "Default" not in one}
    assert needed <= set(STACKS[name].parameters) <= set(wanted)


@pytest.mark.parametrize("name", STACKS)
def test_what_comes_from_a_stack_is_given_out_there(templates, name):
    """The output has the name by which it is asked for."""
    for source in STACKS[name].parameters.values():
        if isinstance(source, Output):
            assert source.name in templates[source.stack]["Outputs"]


def test_no_stack_waits_for_itself(templates):
    """A first deployment has every value when it is needed, with the settings alone."""
    steps = list(made(templates, SETTINGS))
    assert [name for name, _ in steps] == [name for name in ORDER if name != "edge"]
    first, second = (values for name, values in steps if name == "site")
    assert (first["ApiDomain"], second["ApiDomain"]) == ("", "application.ApiDomain")


def test_only_the_site_is_made_twice(templates):
    """Later deployments know the API from the first step on, and the second pass has no news."""
    assert [name for name in STACKS if ORDER.count(name) > 1] == ["site"]
    standing = {
        "application": {"ApiDomain": "application.ApiDomain", "ApiPath": "application.ApiPath"}
    }
    first, second = (
        values for name, values in made(templates, SETTINGS, standing) if name == "site"
    )
    assert first == second


@pytest.mark.parametrize("wanted", ["domain_name", "rate_limit"])
def test_the_edge_is_made_where_it_is_wanted_alone(wanted):
    """Without a domain and a rate nothing stands in us-east-1."""
    assert "edge" not in {stack.name for stack in deployment(SETTINGS)}
    steps = deployment({**SETTINGS, wanted: "some"})
    regions = {stack.name: stack.region for stack in steps}
    assert regions.pop("edge") == "us-east-1"
    assert set(regions.values()) == {""}


def test_each_setting_has_one_name_and_one_default():
    """However many stacks take it, it is asked for once."""
    defaults = {}
    for stack in STACKS.values():
        for source in stack.parameters.values():
            if isinstance(source, Setting):
                assert defaults.setdefault(source.name, source.otherwise) == source.otherwise


def test_what_is_missing_is_named(templates):
    """With the parameter that needs it, before anything is asked of AWS."""
    without = {name: one for name, one in SETTINGS.items() if name != "operator_email"}
    with pytest.raises(MissingValueError, match=r"application\.OperatorEmail .* operator_email"):
        list(made(templates, without))
    with pytest.raises(MissingValueError, match=r"storage\.SiteUrl .* SiteUrl of site"):
        STACKS["storage"].values(SETTINGS, {})


def test_every_default_is_the_templates_own(templates):
    """Where a setting may be left out, the template means the same by it."""
    for name, stack in STACKS.items():
        for key, source in stack.parameters.items():
            default = templates[name]["Parameters"][key].get("Default")
            if source.otherwise is not None and default is not None:
                assert source.otherwise == str(default)


def page(policy):
    return f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'


def test_the_sites_policy_allows_what_any_page_needs(tmp_path):
    """The hashes of all their scripts, each once, and nobody may frame one."""
    (tmp_path / "a.html").write_text(page("default-src 'none'; script-src 'self' 'sha256-a='"))
    (tmp_path / "b.html").write_text(page("default-src 'none'; script-src &#39;sha256-b=&#39;"))
    assert security_policy(tmp_path) == (
        "default-src 'none'; script-src 'self' 'sha256-a=' 'sha256-b='; frame-ancestors 'none'"
    )


def test_a_page_without_a_policy_is_named(tmp_path):
    """It would be refused everything by the header alone, or be left open without it."""
    (tmp_path / "bare.html").write_text("<p>bare</p>")
    with pytest.raises(Exception, match=r"bare\.html"):
        security_policy(tmp_path)


def test_every_setting_stands_in_the_running_guide():
    """With what it says, and what holds if it is left out."""
    text = (INFRA.parent / "docs" / "running" / "stacks.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \|", text.partition("## Settings")[2], re.MULTILINE)
    sources = [one for stack in STACKS.values() for one in stack.parameters.values()]
    assert sorted(rows) == sorted({one.name for one in sources if isinstance(one, Setting)})


def test_every_stack_stands_in_the_running_guide():
    """In the order in which they are made."""
    text = (INFRA.parent / "docs" / "running" / "stacks.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \|", text.partition("## Settings")[0], re.MULTILINE)
    assert rows == list(dict.fromkeys(ORDER))


def test_taking_down_leaves_the_data_unless_told():
    """What is made last goes first; the site as well, and once."""
    plain = [stack.name for stack in dismantling()]
    assert plain == ["monitoring", "application", "site", "edge"]
    everything = [stack.name for stack in dismantling(with_data=True)]
    rest = ["identity", "storage", "site", "edge", "mail", "releases"]
    assert everything == ["monitoring", "application", *rest]
