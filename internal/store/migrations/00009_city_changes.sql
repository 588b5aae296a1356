-- Who made which version of a rule, when, and the file it came in: a notice must be there again as it was read.
CREATE TABLE city_changes (
    kind           TEXT   NOT NULL,
    id             TEXT   NOT NULL,
    effective_from BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    by_member      TEXT   NOT NULL,
    file_name      TEXT   NOT NULL,
    file           BYTEA,
    PRIMARY KEY (kind, id, effective_from, at)
);
