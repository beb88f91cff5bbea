"""What axe finds on a page, at the widths and in the colours that people have."""

from axe_playwright_python.sync_playwright import Axe

DESK = ((1280, "light"), (400, "dark"))
"""Widths and colours in which pages of the desk are looked at."""
READERS = ((1280, "light"), (1280, "dark"), (320, "light"), (320, "dark"))
"""Those of public pages."""
# To look at style sheets, axe would write them into the page once more, which the policy of the site refuses.
OPTIONS = {"preload": False}


def violations(page) -> list[str]:
    """What axe finds on a page as it stands."""
    page.evaluate("for (const change of document.getAnimations()) change.cancel()")  # colours on their way
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{violation['id']}: {node['html'][:150]}" for violation in found for node in violation["nodes"][:3]]


def violations_at_all_sizes(page, path: str = "", ways: tuple[tuple[int, str], ...] = DESK) -> list[str]:
    """What axe finds at each width and in each colour, and scrolling sideways; `path` is opened first."""
    if path and (status := page.goto(path).status) != 200:
        return [f"{path}: {status}"]
    before, found = page.viewport_size, []
    for width, scheme in ways:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{page.url} {width} {scheme} {violation}" for violation in violations(page)]
        if (scrolls := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{page.url} {width} is {scrolls} wide")
    page.set_viewport_size(before)
    return found
