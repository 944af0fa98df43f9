"""SVG pictures without scripts, event handlers and addresses of other hosts."""

from py_svg_hush import filter_svg

_DATA_TYPES = {"image": ["jpeg", "png", "gif", "webp"]}


class SvgError(ValueError):
    """The file is not an SVG picture that can be cleaned."""


def clean_svg(data: bytes) -> bytes:
    """The picture, cleaned; raises SvgError if it cannot be read as SVG."""
    try:
        return filter_svg(data, _DATA_TYPES)
    except ValueError as fault:
        raise SvgError(str(fault)) from fault
