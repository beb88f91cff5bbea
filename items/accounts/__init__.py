"""Sign-in: django-allauth fitted to this site, invitations, second factors, and the log of sign-ins.

May know the models and mail, no door.
"""

from items.accounts.factors import has_second_factor, remove_second_factors
from items.accounts.invitations import accept, invite, renew, revoke
from items.accounts.people import set_address

__all__ = ["accept", "has_second_factor", "invite", "remove_second_factors", "renew", "revoke", "set_address"]
