"""`search` in config.yaml."""

from typing import Annotated, Literal

from msgspec import Meta

from gazette.config.base import Settings

Filter = Literal["bureau", "category", "year"]


class SearchSettings(Settings, frozen=True):
    """Full-text search in the browser, over an index that the build makes."""

    enabled: Annotated[
        bool, Meta(description="Make the index and the search page, if the theme has one")
    ] = True
    filters: Annotated[
        tuple[Filter, ...], Meta(description="By what readers may narrow a search")
    ] = ("bureau", "category", "year")
    page_size: Annotated[
        int, Meta(description="Results shown at once", ge=1, le=50, examples=[10])
    ] = 10
    timeout: Annotated[
        int,
        Meta(
            description="Seconds that indexing one year may take before it is given up",
            ge=1,
            examples=[300],
        ),
    ] = 300
