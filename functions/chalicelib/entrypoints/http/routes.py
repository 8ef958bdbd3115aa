"""THE table of routes: path, methods, what a body may be, and where the view stands.

Chalice wants every route when a function starts, and a request needs one view. So a view is
named by where it stands in this package and imported when it is first asked for: a function
that has no routes, or answers at one of them, never pays for the others.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module

from chalice.app import Chalice, Response
from msgspec import Struct

from chalicelib import cold_start
from chalicelib.entrypoints.http.blueprint import blueprint
from chalicelib.entrypoints.http.media_types import ANY, FORM, JSON

LOOK, SEND, BOTH = ("GET",), ("POST",), ("GET", "POST")

View = Callable[..., Response]


class Route(Struct, frozen=True):
    """One row. `view` is ``module.function``; API Gateway refuses a body of another type."""

    path: str
    methods: tuple[str, ...]
    view: str
    content_type: str = JSON

    @property
    def name(self) -> str:
        """What Chalice calls it."""
        return self.view.rpartition(".")[2]


ROUTES: tuple[Route, ...] = (
    # What residents send, and what they see; a body of any type is taken, or refused in words.
    Route("/complaints", SEND, "submit_complaint.submit", ANY),
    Route("/complaints/find", BOTH, "find_complaint.find", ANY),
    Route("/complaints/lost-code", BOTH, "find_complaint.lost_code", ANY),
    Route("/complaints/{reference}", LOOK, "residents.look"),
    Route("/complaints/{reference}/{verb}", BOTH, "residents.act", ANY),
    Route("/complaints/{reference}/photos", BOTH, "photo_uploads.invite", ANY),
    # The staff's desk.
    Route("/desk/account", LOOK, "desk.account.account"),
    Route("/desk/account", SEND, "desk.account.change_account", FORM),
    Route("/desk/account/second-factor", LOOK, "desk.account.second_factor"),
    Route("/desk/account/second-factor", SEND, "desk.account.change_second_factor", FORM),
    Route("/desk/sign-out", SEND, "desk.account.sign_out", FORM),
    Route("/desk/sign-out/everywhere", SEND, "desk.account.sign_out_everywhere", FORM),
    Route("/desk/archive", LOOK, "desk.archive.archive"),
    Route("/desk/archive", SEND, "desk.archive.find", FORM),
    Route("/desk/archive/export", SEND, "desk.archive.export_person", FORM),
    Route("/desk/archive/lessons", LOOK, "desk.archive.lessons"),
    Route("/desk/complaints", LOOK, "desk.complaint_list.every_complaint"),
    Route("/desk/complaints.csv", LOOK, "desk.complaint_list.csv_file"),
    Route("/desk/complaints.xlsx", LOOK, "desk.complaint_list.xlsx_file"),
    Route("/desk/complaints/{reference}", LOOK, "desk.complaints.complaint"),
    Route("/desk/complaints/{reference}/{verb}", SEND, "desk.complaints.act", FORM),
    Route("/desk/complaints/{reference}/slip", LOOK, "desk.complaints.slip"),
    Route("/desk/complaints/{reference}/looks", LOOK, "desk.complaints.access_log"),
    Route("/desk/complaints/{reference}/export", SEND, "desk.complaints.export", FORM),
    Route("/desk/letters", LOOK, "desk.letters.letters"),
    Route("/desk/letters", SEND, "desk.letters.send_again", FORM),
    Route("/desk/log", LOOK, "desk.log.log"),
    Route("/desk/log", SEND, "desk.log.write", FORM),
    Route("/desk/reports", LOOK, "desk.reports.latest"),
    Route("/desk/reports/{month}", LOOK, "desk.reports.report"),
    Route("/desk/reports/{month}", SEND, "desk.reports.write", FORM),
    Route("/desk", LOOK, "desk.queue.queue"),
    Route("/desk/hand-over", LOOK, "desk.hand_over.several"),
    Route("/desk/hand-over", SEND, "desk.hand_over.hand_over_several", FORM),
    Route("/desk/filters", SEND, "desk.filters.change_filters", FORM),
    Route("/desk/new", LOOK, "desk.reception.new"),
    Route("/desk/new", SEND, "desk.reception.take_in", FORM),
    Route("/desk/households", SEND, "desk.reception.households", FORM),
    Route("/desk/sign-in", LOOK, "desk.sign_in.sign_in"),
    Route("/desk/sign-in", SEND, "desk.sign_in.try_password", FORM),
    Route("/desk/forgot", LOOK, "desk.sign_in.forgot"),
    Route("/desk/forgot", SEND, "desk.sign_in.send_code", FORM),
    Route("/desk/sign-in/new-password", SEND, "desk.sign_in.choose_password", FORM),
    Route("/desk/sign-in/code", SEND, "desk.sign_in.try_code", FORM),
    Route("/desk/sign-in/second-factor", SEND, "desk.sign_in.take_factor", FORM),
    Route("/desk/reset", SEND, "desk.sign_in.reset", FORM),
    Route("/desk/staff", LOOK, "desk.staff.everybody"),
    Route("/desk/staff-log", LOOK, "desk.staff_log.everybody"),
    Route("/desk/staff/new", LOOK, "desk.staff.new_person"),
    Route("/desk/staff/new", SEND, "desk.staff.add_person", FORM),
    Route("/desk/staff/{staff_id}", LOOK, "desk.staff.person"),
    Route("/desk/staff/{staff_id}", SEND, "desk.staff.change_person", FORM),
    Route("/desk/staff/{staff_id}/{step}", SEND, "desk.staff.step_person", FORM),
)


def register(app: Chalice) -> None:
    """Put every row on the app."""
    for one in ROUTES:
        declare = blueprint.route(
            one.path, name=one.name, methods=list(one.methods), content_types=[one.content_type]
        )
        declare(_answering(one))
    app.register_blueprint(blueprint)


@cache
def view_of(route: Route) -> View:
    """The view of a row, imported at first use."""
    module, _, function = route.view.rpartition(".")
    view: View = getattr(import_module(f"{_PACKAGE}.{module}"), function)
    return view


def _answering(route: Route) -> View:
    def view(**params: str) -> Response:
        try:
            return view_of(route)(**params)
        finally:
            cold_start.end()

    return view


_PACKAGE = "chalicelib.entrypoints.http"
