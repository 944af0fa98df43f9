"""What the preview says: problems, and the words of the bar, the panel and the desk."""

from gazette.messages.message import Message, _

PREVIEW: dict[str, Message] = {
    "preview-failed": Message(
        _("Gazette itself failed while building: {reason}"),
        _("The last good pages stay. Please report this; saving again tries anew."),
    ),
    "preview-running": Message(
        _("The preview of this site is running already: {address}"),
        _("Open this address in the browser, or end the other preview first."),
    ),
    "port-taken": Message(
        _("The preview cannot listen on {host}, port {port}: {reason}"),
        _("Give another one, for example: serve --port 9000"),
    ),
    "archetype-unknown": Message(
        _("There is no archetype “{value}”."), _("There are: {names}. They lie in archetypes/.")
    ),
}

WAITING = _("The site is being built for the first time …")
DESK_TITLE = _("Editor's desk")

UI: dict[str, str] = {
    "desk": DESK_TITLE,
    "building": _("Building …"),
    "ready": _("Up to date"),
    "offline": _("The preview has ended. Start it again; this page comes back by itself."),
    "source": _("Source"),
    "copy": _("Copy path"),
    "copied": _("Copied"),
    "edit": _("Edit"),
    "words": _("{count} characters"),
    "follow": _("Follow changes"),
    "follow_hint": _("Opens an article here as soon as it is saved"),
    "hide": _("Hide the bar"),
    "show": _("Show the bar"),
    "problems": _("{count} notes"),
    "no_problems": _("No problems"),
    "generated": _("Made of several files"),
    "draft": _("Draft"),
    "scheduled": _("Scheduled"),
    "published": _("Published"),
    "expired": _("Expired"),
    "faulty": _("Faulty"),
    "panel_title": _("The change cannot be shown yet: {count} to mend"),
    "panel_note": _("Below is the last good page. This panel goes as soon as all is mended."),
    "panel_fold": _("Fold away"),
    "panel_unfold": _("Show all"),
    "panel_more": _("and {count} more"),
    "line": _("line {line}"),
    "fix": _("How to mend it"),
    "all": _("All"),
    "search": _("Search in titles and files"),
    "state": _("State"),
    "title": _("Title"),
    "bureau": _("Bureau"),
    "category": _("Category"),
    "date": _("Date"),
    "length": _("Length"),
    "notes": _("Notes"),
    "any_bureau": _("All bureaus"),
    "any_category": _("All categories"),
    "none": _("Nothing fits. Take a filter away."),
    "empty": _("There are no articles yet. Begin the first one."),
    "total": _("{count} articles"),
    "previous": _("Previous page"),
    "next": _("Next page"),
    "page_of": _("Page {page} of {pages}"),
    "new": _("New article"),
    "archetype": _("Archetype"),
    "create": _("Create and open"),
    "cancel": _("Cancel"),
    "optional": _("optional"),
    "date_hint": _("For example 2025-05-03 09:30"),
    "created": _("Created {path}; it opens as soon as it is built."),
    "exists": _("{path} exists already and was not touched. Choose another title or date."),
    "not_here": _("Articles can be begun only on the computer on which the preview runs."),
    "failed": _("The preview did not answer. Is it still running?"),
    "home": _("Open the site"),
    "faults": _("{count} errors: the site below is the last good one"),
    "open_article": _("Open"),
}
