"""The staff's desk: every address under ``/desk``, each module one matter.

`auth` stands before all of them; what comes before a sign-in stands in `sign_in`.
"""
