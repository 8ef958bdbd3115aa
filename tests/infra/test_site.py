"""The site's stack: one host, static pages from a private bucket, all else from the functions."""

import json
import shutil
import subprocess

import pytest

from chalicelib.entrypoints.http.responses import html
from chalicelib.entrypoints.http.routes import ROUTES
from support.templates import declared, of_type

CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
ALL_BUT_THE_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
NODE = shutil.which("node")


@pytest.fixture(scope="module")
def site():
    return declared("site")


@pytest.fixture(scope="module")
def distribution(site):
    (found,) = of_type(site, "AWS::CloudFront::Distribution").values()
    return found["DistributionConfig"]


@pytest.fixture(scope="module")
def behaviours(distribution):
    """Those of the functions, by their pattern."""
    condition, given, otherwise = distribution["CacheBehaviors"]["Fn::If"]
    assert (condition, otherwise) == ("HasApi", {"Ref": "AWS::NoValue"})
    return {one["PathPattern"]: one for one in given}


def headers(site, name):
    return site["Resources"][name]["Properties"]["ResponseHeadersPolicyConfig"]


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES}))
def test_every_address_of_the_functions_is_behind_the_host(behaviours, path):
    """A route that is added later is found, or its beginning is added here."""
    assert [pattern for pattern in behaviours if path.startswith(pattern.rstrip("*"))]


def test_no_static_page_begins_like_an_address_of_the_functions(behaviours):
    """The form, at `/complain/`, is not among the `/complaints`."""
    for pattern in behaviours:
        assert not "/complain/".startswith(pattern.rstrip("*"))


def test_answers_of_the_functions_are_never_kept(behaviours):
    """Whatever a browser sends reaches them, but for the host; each is answered anew."""
    for one in behaviours.values():
        assert one["CachePolicyId"] == CACHING_DISABLED
        assert one["OriginRequestPolicyId"] == ALL_BUT_THE_HOST
        assert one["TargetOriginId"] == "functions"
        assert {"GET", "POST"} <= set(one["AllowedMethods"])


def test_the_functions_are_asked_under_the_stage_of_their_api(distribution):
    """An address in a letter, `/complaints/…`, is `/api/complaints/…` there and nowhere else."""
    pages, functions = distribution["Origins"]
    condition, given, otherwise = functions["Fn::If"]
    assert (condition, otherwise) == ("HasApi", {"Ref": "AWS::NoValue"})
    assert (given["DomainName"], given["OriginPath"]) == ({"Ref": "ApiDomain"}, {"Ref": "ApiPath"})
    assert given["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert pages["OriginAccessControlId"] == {"Ref": "OriginAccess"}


def test_the_functions_pages_about_errors_are_not_replaced(distribution):
    """A wrong code is answered with a form, under 404; the host's own page would hide it."""
    assert "CustomErrorResponses" not in distribution


def test_a_page_that_is_missing_is_answered_in_words(distribution):
    """The bucket says that there is none, and then the API says so to a reader."""
    condition, groups, otherwise = distribution["OriginGroups"]["Fn::If"]
    assert (condition, otherwise) == ("HasApi", {"Ref": "AWS::NoValue"})
    (group,) = groups["Items"]
    assert group["FailoverCriteria"]["StatusCodes"]["Items"] == [404]
    assert [one["OriginId"] for one in group["Members"]["Items"]] == ["site", "functions"]
    target = distribution["DefaultCacheBehavior"]["TargetOriginId"]
    assert target == {"Fn::If": ["HasApi", group["Id"], "site"]}


def test_static_pages_are_kept_compressed_and_whoever_asks(site, distribution):
    """By their path alone: nobody can have a page of their own kept for others."""
    pages = distribution["DefaultCacheBehavior"]
    assert pages["Compress"] is True
    assert pages["CachePolicyId"] == {"Ref": "StaticCache"}
    assert pages["AllowedMethods"] == ["GET", "HEAD"]
    (kept,) = of_type(site, "AWS::CloudFront::CachePolicy").values()
    by = kept["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
    assert by["EnableAcceptEncodingGzip"] is by["EnableAcceptEncodingBrotli"] is True
    assert by["CookiesConfig"] == {"CookieBehavior": "none"}
    assert by["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert by["QueryStringsConfig"] == {"QueryStringBehavior": "none"}


@pytest.mark.parametrize("name", ["StaticHeaders", "FunctionHeaders"])
def test_every_answer_is_protected(site, name):
    """Only over TLS from the first visit on, never in a frame, never guessed at."""
    security = headers(site, name)["SecurityHeadersConfig"]
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 365 * 24 * 3600
    assert security["StrictTransportSecurity"]["Override"] is True
    assert security["ContentTypeOptions"] == {"Override": True}
    assert security["FrameOptions"] == {"FrameOption": "DENY", "Override": True}
    assert "ReferrerPolicy" in security


def test_the_static_pages_policy_is_that_of_the_site_as_built(site):
    """It holds the hashes of the scripts, and so is given at each deployment."""
    given = headers(site, "StaticHeaders")["SecurityHeadersConfig"]["ContentSecurityPolicy"]
    assert given == {"ContentSecurityPolicy": {"Ref": "ContentSecurityPolicy"}, "Override": True}


def test_the_functions_own_headers_stand(site):
    """What they say of their pages is not replaced; an answer without any has the strictest."""
    config = headers(site, "FunctionHeaders")
    own = html("").headers
    for header in config["CustomHeadersConfig"]["Items"]:
        assert header["Override"] is False
        assert own[header["Header"]] == header["Value"]
    security = config["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["Override"] is False
    assert security["ReferrerPolicy"] == {
        "ReferrerPolicy": own["Referrer-Policy"],
        "Override": False,
    }


def test_only_this_distribution_reads_the_bucket(site):
    """And knows what is missing, so that it is not called forbidden."""
    policy = site["Resources"]["SiteBucketPolicy"]["Properties"]["PolicyDocument"]
    _, *allowed = policy["Statement"]
    assert [one["Action"] for one in allowed] == ["s3:GetObject", "s3:ListBucket"]
    for one in allowed:
        assert one["Principal"] == {"Service": "cloudfront.amazonaws.com"}
        (source,) = one["Condition"]["StringEquals"].values()
        assert source["Fn::Sub"].endswith(":distribution/${Distribution}")


def test_the_address_is_the_companys_or_cloudfronts(site):
    """With a domain it is known before anything is made; without, once the host stands."""
    assert site["Outputs"]["SiteUrl"]["Value"] == {
        "Fn::If": [
            "HasDomain",
            {"Fn::Sub": "https://${DomainName}"},
            {"Fn::Sub": "https://${Distribution.DomainName}"},
        ]
    }


@pytest.fixture(scope="module")
def led(site):
    """What the index function makes of an address: the path asked for, or where it leads."""
    if NODE is None:
        pytest.skip("needs Node.js")
    code = site["Resources"]["DirectoryIndexes"]["Properties"]["FunctionCode"]

    def led(uri, query=None):
        event = json.dumps({"request": {"uri": uri, "querystring": query or {}}})
        script = f"{code}\nconsole.log(JSON.stringify(handler({event})))"
        done = subprocess.run([NODE, "-e", script], check=True, capture_output=True, text=True)  # noqa: S603 - our own
        found = json.loads(done.stdout)
        return found.get("uri") or (found["statusCode"], found["headers"]["location"]["value"])

    return led


@pytest.mark.parametrize(
    ("uri", "found"),
    [
        ("/", "/index.html"),
        ("/en/", "/en/index.html"),
        ("/assets/desk.css", "/assets/desk.css"),
        ("/policy", (301, "/policy/")),
        ("//other.example", "//other.example"),
        ("//other", (301, "/other/")),
    ],
)
def test_a_directory_is_its_index(led, uri, found):
    """With its slash, as its own links want; and nobody is led to another host."""
    assert led(uri) == found


def test_what_was_asked_goes_along(led):
    """A search that was linked to stays one."""
    query = {
        "q": {"value": "a%20b"},
        "n": {"value": "1", "multiValue": [{"value": "1"}, {"value": "2"}]},
    }
    assert led("/search", query) == (301, "/search/?q=a%20b&n=1&n=2")
