"""Pictures and attachments -> facts and derived files."""
