"""The offline cloud: AWS by moto on a loopback port, the functions behind real HTTP.

Everything is held in memory and forgotten when it stops.
"""
