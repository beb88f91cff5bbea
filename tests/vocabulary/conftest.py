"""People who look after words."""

import pytest

from tests.admin.forms import ROLES, make_person


@pytest.fixture
def people(db):
    return {role: make_person(role.lower(), role) for role in ROLES}


@pytest.fixture
def editor(people):
    return people["Editor"]


@pytest.fixture
def admin(people):
    return people["Administrator"]
