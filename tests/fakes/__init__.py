"""The ports of the service in memory, under the file names of the adapters.

They keep the same contracts (tests/contracts), so that a service test needs no table.
"""
