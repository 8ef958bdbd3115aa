"""The offline cloud: the table in memory, moto for accounts and photos, the functions behind HTTP.

Everything is held in memory and forgotten when it stops.
"""
