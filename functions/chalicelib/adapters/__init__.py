"""Each port of the service once, for AWS. Only `chalicelib.bootstrap` makes them."""
