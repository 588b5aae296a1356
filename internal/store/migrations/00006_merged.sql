-- Members of a lead letter are few; without it, finding them would read the archive.
CREATE INDEX letters_merged ON letters (merged, received_at) WHERE merged <> '';
