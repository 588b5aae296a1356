-- What members are told, once for each member and thing. Nothing of a letter stands here but its number.
CREATE TABLE inbox (
    login      TEXT   NOT NULL,
    told       TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    matter     TEXT   NOT NULL,
    letter     TEXT   NOT NULL,
    rung       TEXT   NOT NULL,
    words      TEXT   NOT NULL,
    args       TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    shown_from BIGINT NOT NULL,
    read_at    BIGINT,
    PRIMARY KEY (login, told)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX inbox_unread ON inbox (login, subject, shown_from, told) WHERE read_at IS NULL;
CREATE INDEX inbox_shown ON inbox (login, shown_from, at, told) WHERE read_at IS NULL;
CREATE INDEX inbox_letter ON inbox (letter) WHERE read_at IS NULL AND letter <> '';
CREATE INDEX inbox_at ON inbox (at);

-- The rungs on which open letters stand: the result of the events, kept for lists. A letter leaves when it is answered.
CREATE TABLE rungs (
    letter TEXT   NOT NULL,
    clock  TEXT   NOT NULL,
    unit   TEXT   NOT NULL,
    rung   TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (letter, clock, unit, rung)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX rungs_rung ON rungs (rung, letter);

-- Open letters that stood on a rung before this table was there find their place in it like new ones.
INSERT INTO deliveries (letter, seq, handler, step, attempts, lease_until, done_at, last_error)
SELECT letter, seq, 'ladder', step, 0, 0, NULL, '' FROM events
WHERE step = 'rung' AND letter IN (SELECT number FROM letters WHERE is_open);
