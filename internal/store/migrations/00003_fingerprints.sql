-- What the matter of a letter is known by: the sketch is compared (NULL is "not made yet", which the letters of an archive
-- are at first too, and letters kept from readers always), a mark in fingerprints leads to it, the latest letters first.
-- settled says that people agreed to the unit: only such letters teach the router, and it must not wade through the others.
ALTER TABLE letters ADD COLUMN sketch BYTEA;
CREATE INDEX letters_unsketched ON letters (received_at, number) WHERE sketch IS NULL AND guard = '' AND accused = '';

CREATE TABLE fingerprints (
    mark    BIGINT   NOT NULL,
    settled SMALLINT NOT NULL,
    at      BIGINT   NOT NULL,
    letter  TEXT     NOT NULL,
    PRIMARY KEY (mark, settled, at, letter)
)
-- sqlite: WITHOUT ROWID
;
