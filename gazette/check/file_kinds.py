"""Which published files the gate looks into."""

TEXTS = (".txt", ".csv", ".tsv", ".rtf")
ATTACHMENTS = (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".ppsx", ".ofd", ".pdf", *TEXTS)
CLOSED = (
    ".doc", ".dot", ".xls", ".xlsb", ".ppt", ".pps", ".wps", ".et", ".dps", ".zip", ".rar", ".7z", ".tar", ".gz",
)  # fmt: skip
"""Older and other office files, and archives, which it cannot look into."""
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif")
FILE_SUFFIXES = (*ATTACHMENTS, *CLOSED, *PICTURES)
FILE_STEPS = ("attachment", "picture-place")
"""Under these names the ledger remembers what files hold."""
