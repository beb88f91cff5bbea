"""People at the desk, signed in."""

import pytest

from tests.admin.forms import ROLES, make_person


@pytest.fixture
def people(db):
    """One person for each group, by the group's name."""
    return {role: make_person(role.lower(), role) for role in ROLES}


@pytest.fixture
def sign_in(client, people):
    """`sign_in("Author")` gives the client of that person; the person is `client.person`."""

    def as_(role):
        client.force_login(people[role])
        client.person = people[role]
        return client

    return as_
