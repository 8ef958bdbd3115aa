"""`desk status` beside the offline cloud that runs."""


def test_the_sweep_of_the_running_cloud_is_told(running):
    """Moving the clock makes a sweep; the command finds it and nothing that waits."""
    result = running.desk("status", "--language", "en")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "The last round finished on " in result.stdout
    assert "Complaints due now: 0." in result.stdout
