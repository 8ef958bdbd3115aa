"""What a deployment sends besides stacks: code, the company's files and the static pages."""

from datetime import UTC, datetime

import pytest
from moto import mock_aws

from desk.company import CompanyFiles
from desk.deploying.publishing import Published, StaticSite, content_type
from desk.deploying.releases import Releases, code_key, code_places, version_of
from desk.deploying.stage import Stage

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
BUCKET = "a-bucket"


class _Invalidations:
    """Notes what the edge is told."""

    def __init__(self):
        self.told = []

    def create_invalidation(self, **told):
        self.told.append(told)


@pytest.fixture
def s3():
    with mock_aws():
        client = Stage("prod", "us-east-1").client("s3")
        client.create_bucket(Bucket=BUCKET)
        yield client


@pytest.fixture
def static(s3):
    return StaticSite(s3, _Invalidations(), BUCKET, "E123")


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>家</h1>", "utf-8")
    (folder / "assets" / "bundle.79ae519e.min.js").write_text("1", "utf-8")
    (folder / "gone.html").write_text("gone", "utf-8")
    (folder / ".built").write_text("the build's own", "utf-8")
    return folder


def kept(client):
    return {one["Key"] for one in client.list_objects_v2(Bucket=BUCKET).get("Contents", ())}


def test_the_bucket_becomes_the_site(static, s3, site):
    """Every file but the build's own, each with its type, and the edge is told once."""
    assert static.publish(site) == Published(3, 0)
    assert kept(s3) == {"index.html", "gone.html", "assets/bundle.79ae519e.min.js"}
    page = s3.get_object(Bucket=BUCKET, Key="index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert "CacheControl" not in page
    script = s3.get_object(Bucket=BUCKET, Key="assets/bundle.79ae519e.min.js")
    assert script["CacheControl"] == "public, max-age=31536000, immutable"
    (told,) = static.cloudfront.told
    assert told["InvalidationBatch"]["Paths"] == {"Quantity": 1, "Items": ["/*"]}


def test_what_has_not_changed_is_not_sent(static, s3, site):
    """What the site no longer has goes; the edge is told again, as the last run may not have."""
    static.publish(site)
    (site / "gone.html").unlink()
    (site / "index.html").write_text("<h1>新</h1>", "utf-8")
    assert static.publish(site) == Published(1, 1)
    assert kept(s3) == {"index.html", "assets/bundle.79ae519e.min.js"}
    first, second = (
        told["InvalidationBatch"]["CallerReference"] for told in static.cloudfront.told
    )
    assert first != second


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("search.json", "application/json; charset=utf-8"),
        ("worker.js", "application/javascript; charset=utf-8"),
        ("drawing.svg", "image/svg+xml; charset=utf-8"),
        ("photo.png", "image/png"),
        ("sitemap.xml.gz", "application/gzip"),
        ("unknown", "application/octet-stream"),
    ],
)
def test_a_browser_is_told_what_a_file_is(name, kind):
    """Whatever this machine's own table of types says."""
    assert content_type(name) == kind


def test_code_is_kept_by_its_content(s3, tmp_path):
    """The same content is sent once, and a changed one is deployed, as its place is another."""
    path = tmp_path / "deployment.zip"
    path.write_bytes(b"one")
    releases = Releases(s3, BUCKET)
    releases.keep_code([path])
    first = code_places(BUCKET, [path])
    releases.keep_code([path])
    assert kept(s3) == {code_key(path)}
    assert first == {"deployment.zip": f"s3://{BUCKET}/{code_key(path)}"}
    path.write_bytes(b"two")
    assert code_places(BUCKET, [path]) != first


def test_a_version_is_named_by_moment_and_content(company):
    """It stays while the files stay, and is new when either changes."""
    first = version_of(company, "", NOW)
    assert first.startswith("company/2026-12-01T09.30.00Z-")
    later = NOW.replace(hour=11)
    assert version_of(company, first, later) == first
    company.policy.write_text(company.policy.read_text("utf-8") + "\n# a word\n", "utf-8")
    second = version_of(company, first, later)
    assert second.startswith("company/2026-12-01T11.30.00Z-")
    assert second[-12:] != first[-12:]


def test_the_companys_files_come_back_as_they_were_given(s3, company, tmp_path):
    """Kept once, never overwritten, and the newest is found by its name."""
    releases = Releases(s3, BUCKET)
    assert releases.newest_company() == ""
    assert releases.keep_company("company/2026-11-01T00.00.00Z-a", company)
    assert releases.keep_company("company/2026-12-01T00.00.00Z-b", company)
    other = tmp_path / "other.toml"
    other.write_text("other", "utf-8")
    assert not releases.keep_company("company/2026-12-01T00.00.00Z-b", CompanyFiles(other, other))
    assert releases.newest_company() == "company/2026-12-01T00.00.00Z-b"
    folder = tmp_path / "fetched"
    folder.mkdir()
    found = releases.fetch_company("company/2026-12-01T00.00.00Z-b", folder)
    assert found.organisation.read_bytes() == company.organisation.read_bytes()
    assert found.policy.read_bytes() == company.policy.read_bytes()
