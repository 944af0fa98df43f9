"""`pictures`: in which sizes photographs are published."""

from typing import Annotated

from msgspec import Meta

from gazette.config.base import Settings

Width = Annotated[int, Meta(ge=16, le=16383)]


class PictureSettings(Settings, frozen=True):
    """How pictures beside articles are published."""

    widths: Annotated[
        tuple[Width, ...],
        Meta(
            description="Widths in pixels of the smaller copies that phones are given; none: no copies",
            max_length=8,
            examples=[[400, 640, 800, 1200]],
        ),
    ] = (400, 640, 800, 1200)
    largest: Annotated[
        int,
        Meta(
            description="Wider pictures are published scaled down to this width; 0: as wide as they are",
            ge=0,
            le=16383,
            examples=[1920],
        ),
    ] = 1920
    quality: Annotated[
        int, Meta(description="Of the copies: 1 (small) to 100", ge=1, le=100, examples=[70])
    ] = 70
    webp: Annotated[
        bool, Meta(description="Copies in WebP too, for browsers that read it; they are smaller")
    ] = True
    max_pixels: Annotated[
        int,
        Meta(
            description="Width times height of the largest picture that is opened at all",
            ge=1,
            le=500_000_000,
            examples=[120_000_000],
        ),
    ] = 120_000_000
