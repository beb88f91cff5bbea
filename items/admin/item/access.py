"""What a person may do with an item. The forms offer just this, and a crafted request can do no more."""

from datetime import datetime

from items.models import Item

Status = Item.Status
UNDECIDED = (Status.DRAFT, Status.IN_REVIEW)


def is_approver(user) -> bool:
    """Whether the person decides on items, their own or not."""
    return user.has_perm("items.approve_item")


def has_appeared(item: Item, at: datetime) -> bool:
    """Whether readers may have met the item's address, which then goes on answering for ever.

    True for what has expired or been withdrawn since. Not a question of visibility: that is `published`.
    """
    return item.status not in UNDECIDED and item.publish_at is not None and item.publish_at <= at


def may_change(user, item: Item) -> bool:
    """Approvers change everything; others what they began, until it is approved."""
    if not user.has_perm("items.change_item"):
        return False
    return is_approver(user) or (item.created_by_id == user.pk and item.status in UNDECIDED)


def may_delete(user, item: Item, at: datetime) -> bool:
    """Nobody what has appeared; who may delete the rest; others the drafts that they began."""
    if has_appeared(item, at):
        return False
    if is_approver(user):
        return user.has_perm("items.delete_item")
    return may_change(user, item) and item.status == Status.DRAFT


def statuses(user, item: Item | None, at: datetime) -> list[str]:
    """The statuses that the person may give to a stored item, its own included; None stands for a new one."""
    if not is_approver(user):
        allowed = set(UNDECIDED)
    elif item and has_appeared(item, at):
        allowed = {Status.APPROVED}
    else:
        allowed = {*UNDECIDED, Status.APPROVED}
    if user.has_perm("items.withdraw_item"):
        if item and item.publish_at:
            allowed.add(Status.WITHDRAWN)
    elif item and item.status == Status.WITHDRAWN:
        allowed = set()  # who may not withdraw may not undo it either
    if item:
        allowed.add(Status(item.status))
    return [status for status in Status if status in allowed]
