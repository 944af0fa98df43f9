"""What can be wrong with putting the site on a host."""

from gazette.messages.message import Message, _

DEPLOY: dict[str, Message] = {
    "deploy-none": Message(
        _("config.yaml names no host for the site."),
        _("Write for example: deploy: {{web: {{url: sftp://web@www.example.com/srv/www/site}}}}"),
    ),
    "deploy-unknown": Message(_("There is no target {name} under deploy; there are: {names}"), ""),
    "deploy-url": Message(
        _("The target {name} has the address {url}, which is none of: {schemes}, or a folder."),
        _("Write it like this: sftp://web@www.example.com/srv/www/site"),
    ),
    "deploy-option": Message(
        _("The target {name} has the option {option}, which {url} does not know."),
        _("Delete the line, or see the documentation on deploying for the options of each host."),
    ),
    "deploy-secret": Message(
        _("The target {name} holds a password or key in config.yaml: {key}"),
        _(
            "Delete it there and change it on the host, for it may have been seen. Secrets come from"
            " the environment, the SSH agent, netrc or the system's keyring."
        ),
    ),
    "deploy-unbuilt": Message(
        _("There is no complete site in {output}."), _("Build it first: gazette build")
    ),
    "deploy-unknown-build": Message(
        _("It is not known how the site was built."), _("Build it again: gazette build")
    ),
    "deploy-outdated": Message(
        _("The built site is older than its sources: {path} changed later."),
        _("Build again and deploy then; or give a reason: --force WHY"),
    ),
    "deploy-drafts": Message(
        _("The site was built for a preview, with what readers should not see: {options}"),
        _("Build it without these options; or give a reason: --force WHY"),
    ),
    "deploy-errors": Message(
        _("The site was built with {count} errors."),
        _("Mend them and build again; or give a reason: --force WHY"),
    ),
    "deploy-path": Message(
        _("{path} cannot be the path of a file on a host."), _("Rename the file.")
    ),
    "deploy-missing": Message(
        _("{path} is missing in {output}."), _("Build again: it will be made anew.")
    ),
    "deploy-library": Message(
        _("{library} is not installed, which this host needs."),
        _("Run: pip install gazette-portal[deploy]; git is installed by itself."),
    ),
    "deploy-altered": Message(
        _("{path} on the host was changed or put there by somebody else; it was kept."),
        _("To replace it: --overwrite"),
    ),
    "deploy-copied": Message(
        _("The host has no hard links: unchanged files of the release were sent again."), ""
    ),
    "deploy-rsync": Message(_("Not all was sent by rsync ({reason}); SFTP did the rest."), ""),
    "deploy-never": Message(
        _("Gazette has not put a site there yet, so that there is nothing to compare."),
        _("Deploy first."),
    ),
    "deploy-gone": Message(
        _("{path} is missing on the host."), _("To mend what differs: gazette deploy --overwrite")
    ),
    "deploy-differs": Message(
        _("{path} on the host is not as it was put there."),
        _("To mend what differs: gazette deploy --overwrite"),
    ),
    "deploy-strangers": Message(_("{count} files on the host are not Gazette's; they stay."), ""),
    "host-lost": Message(
        _("The connection to {host} failed: {reason}"),
        _("Deploy again: what has arrived is not sent twice."),
    ),
    "host-refused": Message(
        _("{host} refused {path}: {reason}"),
        _("Check that the folder exists and that you may write there."),
    ),
    "host-login": Message(
        _("{host} did not let us in: {reason}"),
        _(
            "Check user name, password or key; see the documentation on deploying for where they are kept."
        ),
    ),
    "host-key-unknown": Message(
        _("{host}, port {port}, is not known; it shows the key {key}"),
        _(
            "Ask the host's provider whether this is its key. If so, write it into the target:"
            " host_key: {key}"
        ),
    ),
    "host-key-wrong": Message(
        _("{host}, port {port}, shows the key {key}, not the one in config.yaml."),
        _("Somebody may be in between. Ask the host's provider before you change the settings."),
    ),
    "host-locked": Message(
        _("Another deploy to this host is running: {holder}, since {since}"),
        _("Wait until it has ended. One that broke off is forgotten after {minutes} minutes."),
    ),
    "host-raced": Message(
        _("Somebody else changed the branch on {host} meanwhile."), _("Deploy again.")
    ),
    "host-other-site": Message(
        _("Another site stands there: {site}; this one is {address}"),
        _("Give each site a folder of its own, or correct site.url."),
    ),
    "manifest-damaged": Message(
        _("The list of files on the host cannot be read: {path} ({reason})"),
        _("Delete that file on the host and deploy again: equal files are recognized."),
    ),
    "manifest-unsafe": Message(
        _("The list of files on the host, {path}, names a file outside the site: {entry}"),
        _("Nothing was touched. Somebody has changed the list; find out who before you delete it."),
    ),
    "release-none": Message(
        _("There is no release before the current one ({current})."),
        _("Releases are kept where the target has for example: releases: 5"),
    ),
    "purge-built": Message(
        _("{path} is still part of the built site."),
        _("Retract the article or delete the file, build, and purge then."),
    ),
}
