"""Comparing what lies on the host with what was put there, file by file."""

from gazette.deploy.inside import InFolder
from gazette.deploy.manifest import Entry, read_manifest
from gazette.deploy.releases import current_on, folder_of, manifest_of
from gazette.deploy.target import MANIFEST, HostError, LinkingTarget, Target, digest_on
from gazette.deploy.transfer import Sender, spread
from gazette.deploy.update import Manner, Report, check_owner
from gazette.problems import error, warning


def verify(target: Target, address: str, manner: Manner, *, releases: bool) -> Report:
    """Read every file back; what is missing or different is an error."""
    sender = Sender(target, manner.clock, lambda: None)
    path = MANIFEST
    if releases and isinstance(target, LinkingTarget):
        current = current_on(target)
        path = manifest_of(current)
        target = InFolder(target, folder_of(current))
    manifest = sender.again(lambda: read_manifest(target, path))
    check_owner(manifest, address)
    if manifest is None:
        raise HostError(error("deploy-never"))
    lying = sender.again(lambda: dict(target.walk()))

    def fault_of(entry: Entry) -> str:
        found = lying.get(entry.path)
        if found is None:
            return "deploy-gone"
        same = found.size == entry.size and (
            sender.again(lambda: digest_on(target, entry.path)) == entry.digest
        )
        return "" if same else "deploy-differs"

    entries = list(manifest.entries.values())
    problems = []
    for count, fault in enumerate(spread(fault_of, entries, target.parallel)):
        if fault:
            problems.append(error(fault, path=entries[count].path))
        manner.progress(count + 1, len(entries))
    strangers = lying.keys() - manifest.entries.keys() - set(manifest.linked)
    notes = [warning("deploy-strangers", count=len(strangers))] if strangers else []
    altered = tuple(problem.arguments["path"] for problem in problems)
    return Report(
        altered=altered, unchanged=len(entries) - len(altered), problems=(*problems, *notes)
    )
