"""THE table of routes: every row leads to a view, and stands behind what it should."""

from inspect import signature

import app
from chalicelib.entrypoints.http import submit_complaint
from chalicelib.entrypoints.http.desk import auth, sign_in
from chalicelib.entrypoints.http.media_types import ANY, FORM, JSON
from chalicelib.entrypoints.http.routes import ROUTES, view_of

BEFORE_A_SIGN_IN = {
    sign_in.sign_in,
    sign_in.try_password,
    sign_in.choose_password,
    sign_in.try_code,
    sign_in.take_factor,
    sign_in.forgot,
    sign_in.send_code,
    sign_in.reset,
}


def test_a_row_leads_to_a_view():
    """It stands where the row says, under its own name, with a sentence about it."""
    for route in ROUTES:
        view = view_of(route)
        assert view.__name__ == route.name, route
        assert view.__module__.startswith("chalicelib.entrypoints.http."), route
        assert view.__doc__, route


def test_a_view_takes_what_the_path_says():
    """The parameters of the path are those of the view, a visitor of the desk aside."""
    for route in ROUTES:
        asked = {one.strip("{}") for one in route.path.split("/") if one.startswith("{")}
        taken = set(signature(view_of(route)).parameters) - {"visitor"}
        assert taken - {"sent", "return_to"} == asked, route


def test_chalice_has_the_row_as_it_stands():
    """Under its path and methods, with its name and the type of its body."""
    for route in ROUTES:
        for method in route.methods:
            entry = app.app.routes[route.path][method]
            assert (entry.view_name, entry.content_types) == (route.name, [route.content_type]), (
                route
            )
            assert (entry.cors, entry.authorizer, entry.api_key_required) == (None, None, None), (
                route
            )


def test_chalice_has_no_other_route():
    """The table is whole."""
    known = {(path, method) for path, methods in app.app.routes.items() for method in methods}
    assert known == {(one.path, method) for one in ROUTES for method in one.methods}


def test_the_guard_stands_before_every_view_of_the_desk():
    """All but those before a sign-in, which are no views of somebody who is signed in."""
    for route in ROUTES:
        view = view_of(route)
        is_guarded = view in auth._VIEWS  # noqa: SLF001 - what the guard stands before
        assert is_guarded is (route.path.startswith("/desk") and view not in BEFORE_A_SIGN_IN), (
            route
        )


def test_a_view_for_residents_says_what_failed():
    """Each is wrapped by `handle_errors`; the form has words of its own."""
    for route in ROUTES:
        view = view_of(route)
        if not route.path.startswith("/desk"):
            assert hasattr(view, "__wrapped__") is (view is not submit_complaint.submit), route


def test_the_desk_takes_forms_alone():
    """What residents send is taken in any type, so that it can be refused in words."""
    for route in ROUTES:
        if "POST" in route.methods:
            assert route.content_type == (FORM if route.path.startswith("/desk") else ANY), route
        else:
            assert route.content_type == JSON, route
