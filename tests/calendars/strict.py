"""Strict checks of calendars against RFC 5545, on the bytes as sent."""

import re

NAME = re.compile(r"[A-Z][A-Z0-9-]*")
ONCE = ["UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "URL", "CREATED", "LAST-MODIFIED"]


def content_lines(content: bytes) -> list[tuple[str, str, str]]:
    """(name, parameters, value) of each unfolded line (3.1); every line ends by CRLF and has 75 octets at most."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode("utf-8")  # no character is split
    unfolded = content.decode("utf-8").replace("\r\n ", "").removesuffix("\r\n")
    lines = []
    for line in unfolded.split("\r\n"):
        head, colon, value = line.partition(":")
        name, _semicolon, parameters = head.partition(";")
        assert colon, line
        assert NAME.fullmatch(name), line
        lines.append((name, parameters, value))
    return lines


def check(content: bytes) -> list[dict[str, tuple[str, str]]]:
    """Check a calendar; its events come back as parameters and value by name."""
    lines = content_lines(content)
    assert lines[0] == ("BEGIN", "", "VCALENDAR")
    assert lines[-1] == ("END", "", "VCALENDAR")
    names = [name for name, _parameters, _value in lines[: [n for n, _p, _v in lines].index("BEGIN", 1)]]
    assert names.count("VERSION") == names.count("PRODID") == names.count("CALSCALE") == 1
    stack, events, zones = [], [], []
    for name, parameters, value in lines:
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in events[-1], f"{name} twice"
            events[-1][name] = (parameters, value)
        elif (stack[-1], name) == ("VTIMEZONE", "TZID"):
            zones.append(value)
        assert name != "RDATE"
    assert not stack
    for event in events:
        _check_event(event, zones)
    assert len({event["UID"] for event in events}) == len(events)
    assert len(set(zones)) == len(zones) <= 1
    return events


def _check_event(event, zones):
    assert set(ONCE) <= set(event)
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
        assert re.fullmatch(r"\d{8}T\d{6}Z", event[name][1])
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", event["UID"][1])
    assert event["SEQUENCE"][1].isdigit()
    assert event["STATUS"][1] in ("CONFIRMED", "CANCELLED")
    assert "ORGANIZER" not in event
    for name in ("DTSTART", "DTEND"):
        if name not in event:
            continue
        parameters, value = event[name]
        if parameters == "VALUE=DATE":
            assert re.fullmatch(r"\d{8}", value)
        elif value.endswith("Z"):
            assert parameters == ""
        else:  # never a floating time
            assert parameters.removeprefix("TZID=") in zones
            assert re.fullmatch(r"\d{8}T\d{6}", value)
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
        text = event.get(name, ("", ""))[1]
        assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", text), f"unescaped: {text}"
