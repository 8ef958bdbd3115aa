"""A distribution as a browser meets it: ministack's own answers, and what it keeps but does not do.

ministack finds the behaviour of a path, runs its function, asks the origin in the distribution's
name and lays the header policies over what comes back. It knows no group of origins, refuses
every origin under one of AWS's own names, calls each file that is missing forbidden, whoever may
list the bucket, and compresses nothing. That much stands here, read from the distribution as it
was deployed; no path, no header and no name of ours is known.
"""

import gzip
import json
import re
import secrets
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from http import HTTPStatus
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from second_opinion.programs import Program

Config = dict[str, Any]
_API = re.compile(r"(?P<id>[a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com")
_REPEATED = ("GET", "HEAD", "OPTIONS")
"""The methods that CloudFront sends to the second origin of a group."""
_COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml")
"""The kinds of file that CloudFront compresses, as far as anything here is of that kind."""
_SIZES = range(1000, 10_000_001)
_OF_A_CONNECTION = ("connection", "content-length", "date", "keep-alive", "transfer-encoding")


@dataclass
class Answer:
    """What goes back to the browser."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """The first of this name, or nothing."""
        return next((value for one, value in self.headers if one.lower() == name), "")


@dataclass
class Front:
    """Serves one distribution over TLS, at a port of this machine.

    `follow` reads it anew: after each deployment.
    """

    cloud: Program
    port: int = 0
    deployed: Config = field(default_factory=dict)
    _hosts: tuple[str, ...] = ()
    _gzips: dict[str, bool] = field(default_factory=dict)
    _listed: set[str] = field(default_factory=set)
    _changed: Config = field(default_factory=dict)

    def follow(self, distribution: str) -> None:
        """Serve this distribution as it is deployed now."""
        service = self.cloud.client("cloudfront", region_name="us-east-1")
        found = service.get_distribution_config(Id=distribution)
        if found["DistributionConfig"] == self._changed:
            return
        self.deployed = found["DistributionConfig"]
        self._gzips = {one: _gzips(service, one) for one in _policies(self.deployed)}
        itself = service.get_distribution(Id=distribution)["Distribution"]
        self._listed = set(self._listed_by(itself["ARN"]))
        first, second = (self._served(member) for member in (0, 1))
        service.update_distribution(
            Id=distribution, IfMatch=found["ETag"], DistributionConfig=first
        )
        self._changed = service.get_distribution_config(Id=distribution)["DistributionConfig"]
        second["CallerReference"] = secrets.token_hex(16)
        twin = service.create_distribution(DistributionConfig=second)["Distribution"]
        self._hosts = (itself["DomainName"], twin["DomainName"])

    def answer(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What the distribution answers."""
        behaviour = self._behaviour(urlsplit(address).path)
        target = behaviour["TargetOriginId"]
        found = self._ask(0, method, address, headers, body)
        if found.status == HTTPStatus.FORBIDDEN and self._members(target)[0] in self._listed:
            found.status = HTTPStatus.NOT_FOUND
        if method in _REPEATED and found.status in self._given_up(target):
            found = self._ask(1, method, address, headers, body)
        if behaviour["Compress"] and self._gzips[behaviour["CachePolicyId"]]:
            return _compressed(found, headers.get("Accept-Encoding", ""))
        return found

    def _served(self, member: int) -> Config:
        """The distribution as ministack can serve it, with these members in place of the groups."""
        served = deepcopy(self.deployed)
        for behaviour in _behaviours(served):
            behaviour["TargetOriginId"] = self._members(behaviour["TargetOriginId"])[member]
        served["OriginGroups"] = {"Quantity": 0}
        for origin in served["Origins"]["Items"]:
            if "CustomOriginConfig" in origin:
                origin["CustomOriginConfig"] |= {"HTTPPort": 80, "HTTPSPort": 443}
            api = _API.fullmatch(origin["DomainName"])
            if api:
                origin["DomainName"] = urlsplit(self.cloud.url).hostname
                origin["OriginPath"] = f"/_aws/execute-api/{api['id']}{origin['OriginPath']}"
                origin["CustomOriginConfig"]["HTTPSPort"] = urlsplit(self.cloud.url).port
        return served

    def _listed_by(self, distribution: str) -> Iterator[str]:
        """The origins whose bucket tells this distribution which files there are."""
        service = self.cloud.client("s3")
        for origin in self.deployed["Origins"]["Items"]:
            if "S3OriginConfig" in origin:
                bucket = origin["DomainName"].partition(".s3.")[0]
                policy = json.loads(service.get_bucket_policy(Bucket=bucket)["Policy"])
                if any(_lets_list(one, distribution) for one in policy["Statement"]):
                    yield origin["Id"]

    @property
    def _groups(self) -> dict[str, Config]:
        groups = self.deployed.get("OriginGroups", {}).get("Items", ())
        return {group["Id"]: group for group in groups}

    def _members(self, target: str) -> tuple[str, str]:
        """The two origins of a group; an origin that stands alone is both."""
        group = self._groups.get(target)
        first, second = group["Members"]["Items"] if group else ({"OriginId": target},) * 2
        return first["OriginId"], second["OriginId"]

    def _given_up(self, target: str) -> list[int]:
        """The states for which a group's second origin is asked; none where there is no group."""
        group = self._groups.get(target)
        return group["FailoverCriteria"]["StatusCodes"]["Items"] if group else []

    def _behaviour(self, path: str) -> Config:
        *others, default = _behaviours(self.deployed)
        return next((one for one in others if fnmatchcase(path, one["PathPattern"])), default)

    def _ask(
        self, member: int, method: str, address: str, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        place = urlsplit(self.cloud.url)
        connection = HTTPSConnection(place.hostname or "", place.port, context=self.cloud.trust)
        sent = {**headers, "Host": self._hosts[member]}
        connection.request(method, address, body, sent)
        response = connection.getresponse()
        kept = [one for one in response.getheaders() if one[0].lower() not in _OF_A_CONNECTION]
        found = Answer(response.status, kept, response.read())
        connection.close()
        return found


@contextmanager
def serving(cloud: Program) -> Iterator[Front]:
    """A front on a port of its own; it is to be told what to follow."""
    front = Front(cloud)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            found = front.answer(self.command, self.path, dict(self.headers), body)
            self.send_response_only(found.status)
            for header in found.headers:
                self.send_header(*header)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(found.body)

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer  # noqa: N815 - the server looks for these

        def log_message(self, *_: object) -> None:
            """Nothing of it is kept."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cloud.certificate, cloud.certificate.with_suffix(".key"))
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        front.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield front
        server.shutdown()


def _lets_list(statement: Config, distribution: str) -> bool:
    meant = statement.get("Condition", {}).get("StringEquals", {}).get("aws:SourceArn")
    return (statement["Effect"], statement["Action"], meant) == (
        "Allow",
        "s3:ListBucket",
        distribution,
    )


def _behaviours(config: Config) -> list[Config]:
    """In the order in which they are looked through; the default last."""
    return [*config.get("CacheBehaviors", {}).get("Items", ()), config["DefaultCacheBehavior"]]


def _policies(config: Config) -> set[str]:
    return {behaviour["CachePolicyId"] for behaviour in _behaviours(config)}


def _gzips(service: Any, policy: str) -> bool:
    """Whether a cache policy lets CloudFront compress."""
    found = service.get_cache_policy(Id=policy)["CachePolicy"]["CachePolicyConfig"]
    asked = found["ParametersInCacheKeyAndForwardedToOrigin"]
    return bool(asked["EnableAcceptEncodingGzip"])


def _compressed(found: Answer, accepted: str) -> Answer:
    kind, encoded = found.header("content-type"), found.header("content-encoding")
    wanted = "gzip" in accepted and not encoded and kind.startswith(_COMPRESSED)
    if not wanted or len(found.body) not in _SIZES:
        return found
    return Answer(
        found.status,
        [*found.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")],
        gzip.compress(found.body),
    )
