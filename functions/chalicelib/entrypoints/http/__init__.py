"""HTTP: parse, call the service, present. Blueprints carry routes only."""
