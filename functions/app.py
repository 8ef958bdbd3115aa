"""The functions: routes, the notifier behind the table's stream, the sweep, photos and feedback.

Every part is made on first use, so that importing this module needs no AWS and costs
each function only what it uses.
"""

from typing import Any

from chalicelib import cold_start

cold_start.begin()

from chalice.app import Chalice, CloudWatchEvent, DynamoDBEvent

from chalicelib.entrypoints.http import routes

app = Chalice(app_name="complaint-desk")
# Chalice lets errors through alone; that a sweep has finished must be heard as well.
app.log.setLevel("INFO")
# API Gateway hands binary types over untouched, so that what is not UTF-8 can be refused.
app.api.binary_types.append("application/x-www-form-urlencoded")
routes.register(app)

# The packaged template replaces this with the real stream (infra/application.yaml).
STREAM = "arn:aws:dynamodb:cn-north-1:000000000000:table/complaint-desk/stream/set-by-template"


@app.on_dynamodb_record(stream_arn=STREAM, batch_size=10, starting_position="TRIM_HORIZON")
def notifier(event: DynamoDBEvent) -> dict[str, Any]:
    """Send the letters that new events call for; what failed is tried again by itself."""
    from chalicelib.entrypoints.stream import post_each

    return post_each(event, app.log)


@app.schedule("rate(5 minutes)")
def sweep(event: CloudWatchEvent) -> dict[str, Any]:
    """Find what is due, and post what the stream left behind."""
    from chalicelib.entrypoints.schedule import run_sweep

    return run_sweep(event.context, app.log)


@app.lambda_function(name="photos")
def photos(event: dict[str, Any], _: Any) -> dict[str, str]:  # noqa: ANN401 - Lambda's context
    """Make a copy of the photo that has arrived, or record why there is none."""
    from chalicelib.entrypoints.uploads import take_photo

    return take_photo(event, app.log)


@app.lambda_function(name="feedback")
def feedback(event: dict[str, Any], _: Any) -> dict[str, int]:  # noqa: ANN401 - Lambda's context
    """Record what the mail service tells of letters: that they arrived, or did not."""
    from chalicelib.entrypoints.feedback import take_feedback

    return take_feedback(event, app.log)
