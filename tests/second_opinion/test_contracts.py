"""The contracts of the ports, once more, over a second implementation of DynamoDB."""

from contracts.test_access_log import *  # noqa: F403 - the very same tests
from contracts.test_alert_batches import *  # noqa: F403 - the very same tests
from contracts.test_analyses import *  # noqa: F403 - the very same tests
from contracts.test_complaint_list import *  # noqa: F403 - the very same tests
from contracts.test_complaints import *  # noqa: F403 - the very same tests
from contracts.test_duty_log import *  # noqa: F403 - the very same tests
from contracts.test_imports import *  # noqa: F403 - the very same tests
from contracts.test_lessons import *  # noqa: F403 - the very same tests
from contracts.test_letters import *  # noqa: F403 - the very same tests
from contracts.test_months import *  # noqa: F403 - the very same tests
from contracts.test_rate_limits import *  # noqa: F403 - the very same tests
from contracts.test_staff import *  # noqa: F403 - the very same tests
from contracts.test_staff_log import *  # noqa: F403 - the very same tests
from contracts.test_sweep_log import *  # noqa: F403 - the very same tests
from contracts.test_waiting_letters import *  # noqa: F403 - the very same tests
from contracts.test_workday_starts import *  # noqa: F403 - the very same tests
