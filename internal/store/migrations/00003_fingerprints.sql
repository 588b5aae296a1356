-- By which pairs of words the matter of a letter is found again, the latest letters first. Letters kept from readers have
-- none, and what is found is asked again whether it may be read.
CREATE TABLE fingerprints (
    mark   BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    letter TEXT   NOT NULL,
    sketch BYTEA  NOT NULL,
    PRIMARY KEY (mark, at, letter)
)
-- sqlite: WITHOUT ROWID
;
