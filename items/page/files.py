"""Files of what readers do not have yet: who is shown an item's page beforehand gets a grant for its files.

A grant is a signed text in the addresses of those files, `?grant=…`. It names the pictures and the item whose files it
opens, and the review link that it came by; it ends with that link, and after some hours in any case.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from items.models import Image, Item, ReviewLink
from items.models.image import images_in

LASTS = timedelta(hours=12)
PARAMETER = "grant"
_SALT = "items.page.grant"


@dataclass(frozen=True)
class Grant:
    """Whose files may be seen: of an item (0 for none), and pictures by number."""

    item: int
    images: tuple[int, ...]
    link: int = 0

    def text(self, at: datetime) -> str:
        """The grant as it stands in an address."""
        values = [self.item, list(self.images), self.link, int(at.timestamp())]
        return signing.dumps(values, salt=_SALT, compress=True)


def granted(request: HttpRequest, at: datetime) -> Grant | None:
    """The grant that an address holds, if it still counts."""
    text = request.GET.get(PARAMETER, "")
    if not text:
        return None
    try:
        item, images, link, made = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    if not 0 <= at.timestamp() - made + 1 <= LASTS.total_seconds():
        return None
    if link and not ReviewLink.objects.open(at).filter(pk=link, item=item).exists():
        return None
    return Grant(item, tuple(images), link)


def with_grant(html: str, item: Item, *, at: datetime, link: int = 0) -> str:
    """A page of an item whose own files are asked for with a grant."""
    numbers = images_in(item.body) | ({item.picture_id} if item.picture_id else set())
    images = list(Image.objects.filter(pk__in=numbers)) if numbers else []
    media = re.escape(settings.MEDIA_URL)
    addresses = [f'{media}(?:{re.escape(image.name)}|renditions/{image.pk}/[^\\s",?]+)' for image in images]
    if item.pk:
        addresses.append(f'[a-z/-]*/news/{item.pk}/(?:files|tables)/[^\\s"?]+')
    if not addresses:
        return html
    text = Grant(item.pk or 0, tuple(image.pk for image in images), link).text(at)
    return re.sub(rf"(?<=[\s\"])({'|'.join(addresses)})(?=[\s\",])", rf"\g<1>?{PARAMETER}={text}", html)
