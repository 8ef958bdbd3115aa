"""What reaches the functions: HTTP, the table's stream, the schedule, and files that arrive.

Each parses, calls one use case, and presents. Only ``app.py`` imports this package.
"""
