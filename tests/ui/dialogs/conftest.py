import pytest
from dialog_samples import open_host


@pytest.fixture
def host(qtbot):
    return open_host(qtbot)
