"""The types of bodies, as requests name them."""

ANY = "*/*"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
