"""A power cut: complaints of many homes at once, each with an address of its own."""

POWER_CUT = {"category": "water_power", "cause": "service", "person": "", "place": "全楼"}


def power_cut(number, **form):
    """The fields of one home's complaint."""
    home = {"unit": f"{number}", "phone": None, "email": f"home-{number}@example.com"}
    return {"form_id": f"form {number}", **POWER_CUT, **home, **form}


def complain(office, number, **form):
    """A home complains, and the letters go out."""
    return office.receive(**power_cut(number, **form))
