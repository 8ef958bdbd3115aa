"""What every `StaffBook` keeps."""

from dataclasses import replace

from chalicelib.domain.roles import Directory
from people import HEAD, LEADER, MANAGER, SUPERVISOR


def test_an_empty_book_is_an_empty_directory(ports):
    """Before anybody was put in there is nobody, and no error."""
    assert ports.staff.directory() == Directory(())


def test_staff_come_back_in_the_order_of_their_ids(ports):
    """Everything about each comes back, whoever was put in first."""
    for person in (MANAGER, SUPERVISOR, LEADER, HEAD):
        ports.staff.put(person)
    assert ports.staff.directory() == Directory((SUPERVISOR, LEADER, HEAD, MANAGER))


def test_putting_somebody_again_replaces_her(ports):
    """There is one entry a person: the last that was put in."""
    ports.staff.put(SUPERVISOR)
    away = replace(SUPERVISOR, absent=True, deputy="zhao-guoqiang", roles=("receptionist",))
    ports.staff.put(away)
    assert ports.staff.directory() == Directory((away,))
