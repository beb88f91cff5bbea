"""Headers that Django has no setting for."""

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class HeadersMiddleware:
    """No page of this site asks for a device. What an editor can undo, browsers ask for again each time.

    They would keep a redirect or a 410 for good otherwise, and stay there when the item or the slug is back.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if response.status_code in (301, 308, 410):
            response.headers.setdefault("Cache-Control", "no-cache")
        return response
