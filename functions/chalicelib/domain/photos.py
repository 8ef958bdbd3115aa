"""How many photos a complaint takes, and how large a file may be.

A photo is known by an id; its file's name is the resident's text and travels as event words.
"""

MOST = 6
"""So many photos one complaint takes."""
MOST_BYTES = 10 * 1024 * 1024
"""So large a file may be."""
MOST_INVITED = 30
"""So often a day a script is given leave to send a file of one complaint, whatever comes of it."""
MOST_REFUSED = 20
"""So many rejections are recorded: a flood of files must not fill the history."""
