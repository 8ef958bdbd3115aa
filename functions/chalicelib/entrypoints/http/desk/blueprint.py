"""The blueprint on which every module of the desk puts its routes."""

from chalice.app import Blueprint

desk = Blueprint("chalicelib.entrypoints.http.desk")
