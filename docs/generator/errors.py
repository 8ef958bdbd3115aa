"""What stops the build: something in the handbook that a person must mend.

::

    HandbookError
    ├── SiteError            MkDocs refused to build, or warned
    ├── CoverageError        something has no place in the handbook
    ├── MissingWordsError    something has no words
    ├── OverdueError         a page was not looked through in time
    ├── SampleError          a story of the sample letters does not go as told
    ├── ScenarioError        a drill cannot be read, or the product refuses what happens in it
    └── SecurityPolicyError  a page has no place for a policy
"""


class HandbookError(Exception):
    """Any of these; the message names what is wrong, for whoever is to mend it."""
