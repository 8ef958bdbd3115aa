"""Every page of the site says what it may load and run, and nothing else does."""

import re

import pytest
from docs.generator.security import SecurityPolicyError, policy, protect

from desk.site import security_policy

pytestmark = pytest.mark.xdist_group("site")
UNINHERITED = {"base-uri", "form-action"}
"""What `default-src` says nothing of."""
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def test_every_page_has_one_strict_policy(site):
    """Nothing is allowed that is not named; no inline style, no evaluated script, no other host."""
    for path in site.rglob("*.html"):
        (found,) = META.findall(path.read_text("utf-8").replace("&#39;", "'"))
        assert found.startswith("default-src 'none'")
        assert "unsafe" not in found
        assert "http" not in found
        assert "*" not in found
        assert {one.split()[0] for one in found.split("; ")} >= UNINHERITED


def test_the_policy_comes_before_anything_loads(site):
    """Only the character set stands before it."""
    page = (site / "policy" / "clauses" / "index.html").read_text("utf-8")
    assert re.search(r'<head>\s*<meta charset="utf-8"><meta http-equiv="Content-Security', page)


def test_scripts_in_the_page_are_named_by_their_hashes():
    """Another script is another hash; data and files need none."""
    one, other = (policy(f"<script>{text}</script>") for text in ("a()", "b()"))
    assert one != other
    assert "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='" in one
    page = '<script src="a.js"></script><script type="application/json">{}</script>'
    assert "sha256" not in policy(page)


def test_a_page_without_a_head_stops_the_build(tmp_path):
    """A page that could not be protected is an error that names it."""
    (tmp_path / "bare.html").write_text("<p>bare</p>")
    with pytest.raises(SecurityPolicyError, match=r"bare\.html"):
        protect(tmp_path)


def test_a_page_with_a_policy_of_its_own_keeps_it(site, tmp_path):
    """The form's is stricter than the handbook's, and stays."""
    text = (site / "complain" / "index.html").read_text("utf-8")
    (tmp_path / "form.html").write_text(text, "utf-8")
    protect(tmp_path)
    assert (tmp_path / "form.html").read_text("utf-8") == text


def test_the_header_of_the_whole_site_loosens_no_page(site):
    """It allows what any page needs and nothing unsafe, and is short enough for CloudFront."""
    header = security_policy(site)
    allowed = dict(one.partition(" ")[::2] for one in header.split("; "))
    for path in site.rglob("*.html"):
        (own,) = META.findall(path.read_text("utf-8").replace("&#39;", "'"))
        for directive in own.split("; "):
            name, _, sources = directive.partition(" ")
            needed = set(sources.split()) - {"'none'"}
            assert needed <= set(allowed[name].split()), path
    assert allowed["frame-ancestors"] == allowed["default-src"] == "'none'"
    assert "unsafe" not in header
    assert len(header) < 1500
