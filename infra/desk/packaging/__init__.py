"""`desk package`: what Lambda gets, made and proved on this machine.

`command` runs the steps and prints a line for each; `bundle` lays out the folder that becomes
the zip; `template` has Chalice write the template and lints what AWS will make of it;
`handlers` starts every handler from the zip as Lambda does. No step needs credentials, and
only pip's needs a network.
"""

from desk.packaging.command import PackageReport, package, package_command
from desk.packaging.errors import PackagingError

__all__ = ["PackageReport", "PackagingError", "package", "package_command"]
