"""What can be wrong with pictures."""

from gazette.messages.message import Message, _

MEDIA: dict[str, Message] = {
    "picture-damaged": Message(
        _("The picture {picture} is damaged: {reason}"),
        _("Copy it again from the camera or telephone, or ask for it to be sent again."),
    ),
    "picture-large": Message(
        _("The picture {picture} is too large to be opened safely: {reason} pixels."),
        _("Scale it down first, or raise max_pixels under pictures: in config.yaml."),
    ),
    "picture-changed": Message(
        _("The picture {picture} changed while the site was being built."), _("Build once more.")
    ),
    "picture-page": Message(
        _("A picture is to be shown here, but “{target}” is an article or page."),
        _("Write the picture's file name, for example photo.jpg."),
    ),
    "picture-type": Message(
        _("A picture is to be shown here, but browsers show no files such as “{target}”."),
        _("Save it as JPEG or PNG; link other files as [text](file.pdf) or attach them."),
    ),
    "option-picture": Message(
        _("The option {option} names the picture “{value}”, which is not under content/static."),
        _("Put the file into content/static/ and write its path from there: img/logo.png."),
    ),
}
