"""One cold start, alone in a process: import the handler, answer one submission, and end.

    python -I -S -B cold_start.py FOLDER SUPPLIED

The folder is an unzipped package; the event is what API Gateway sends for a form in JSON.
Prints the status of the answer.
"""

import base64
import json
import sys

FORM = {
    "community": "jade-lake",
    "building": "3栋",
    "unit": "1201",
    "happened_at": "2026-11-20",
    "place": "厨房",
    "about": "engineering",
    "category": "water_leak",
    "description": "水管爆裂",
    "request": "请尽快维修",
    "cause": "service",
    "hurt": "no",
    "name": "李女士",
    "phone": "13800000000",
    "language": "zh",
}
EVENT = {
    "requestContext": {
        "httpMethod": "POST",
        "resourcePath": "/complaints",
        "path": "/complaints",
        "identity": {"sourceIp": "127.0.0.1"},
    },
    "headers": {"content-type": "application/json", "accept": "application/json"},
    "multiValueHeaders": {},
    "pathParameters": {},
    "multiValueQueryStringParameters": None,
    "stageVariables": {},
    "body": base64.b64encode(json.dumps(FORM).encode()).decode(),
    "isBase64Encoded": True,
}

if __name__ == "__main__":
    sys.path[:0] = sys.argv[1:]
    from app import app

    print(app(EVENT, None)["statusCode"])  # noqa: T201 - the answer
