"""What pages and letters show: pure presenters, without HTTP and without AWS.

Entrypoints, letters and pages use them; they read what the use cases bring.
"""
