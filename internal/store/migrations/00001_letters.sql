-- One text for SQLite and PostgreSQL. BYTEA means nothing to SQLite, which keeps blobs as they are; "-- sqlite:" marks
-- what only SQLite gets: a table kept in its primary key, which saves a second tree per row. Times are UTC milliseconds,
-- NULL is "none".

CREATE TABLE letters (
    number          TEXT    NOT NULL PRIMARY KEY,
    channel         TEXT    NOT NULL,
    site_column     TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    category        TEXT    NOT NULL,
    urgency         TEXT    NOT NULL,
    flags           TEXT    NOT NULL,
    accused         TEXT    NOT NULL,
    title           TEXT    NOT NULL,
    body            TEXT    NOT NULL,
    place           TEXT    NOT NULL,
    addressee       TEXT    NOT NULL,
    anonymous       BOOLEAN NOT NULL,
    consent         BOOLEAN NOT NULL,
    sender          TEXT    NOT NULL,
    contact         BYTEA,
    source          TEXT    NOT NULL,
    source_id       TEXT    NOT NULL,
    operator        TEXT    NOT NULL,
    placement       TEXT    NOT NULL,
    queue           TEXT    NOT NULL,
    copied          BOOLEAN NOT NULL,
    leader          TEXT    NOT NULL,
    received_at     BIGINT  NOT NULL,
    state           TEXT    NOT NULL,
    is_open         BOOLEAN NOT NULL,
    unit            TEXT    NOT NULL,
    guard           TEXT    NOT NULL,
    merged          TEXT    NOT NULL,
    writer          TEXT    NOT NULL,
    approver        TEXT    NOT NULL,
    refuser         TEXT    NOT NULL,
    assigned_at     BIGINT,
    accepted_at     BIGINT,
    answered_at     BIGINT,
    closed_at       BIGINT,
    published_at    BIGINT,
    withheld        BOOLEAN NOT NULL,
    solved          BOOLEAN,
    satisfied       INTEGER NOT NULL,
    reply_text      TEXT    NOT NULL,
    reply_note      TEXT    NOT NULL,
    open_title      TEXT    NOT NULL,
    open_body       TEXT    NOT NULL,
    open_reply      TEXT    NOT NULL,
    due_at          BIGINT,
    unit_due_at     BIGINT,
    paused          BOOLEAN NOT NULL,
    figure_due_at   BIGINT,
    working_minutes BIGINT  NOT NULL,
    late            BOOLEAN NOT NULL,
    event_count     INTEGER NOT NULL,
    head_hash       BYTEA
);
CREATE UNIQUE INDEX letters_source ON letters (source, source_id) WHERE source_id <> '';
CREATE INDEX letters_sender ON letters (sender, received_at) WHERE sender <> '';
CREATE INDEX letters_received ON letters (received_at, unit, guard, accused);
CREATE INDEX letters_open ON letters (state, unit, unit_due_at) WHERE is_open;
CREATE INDEX letters_due ON letters (due_at, unit, answered_at, late, is_open, paused, guard, accused) WHERE due_at IS NOT NULL;
CREATE INDEX letters_answered ON letters (answered_at, unit, due_at, late, working_minutes, guard, accused) WHERE answered_at IS NOT NULL;
CREATE INDEX letters_published ON letters (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX letters_unpublished ON letters (answered_at, unit)
    WHERE consent AND NOT withheld AND published_at IS NULL AND answered_at IS NOT NULL;

-- The key of the private payloads is a row of its own: erasing it erases the person and leaves the chain whole.
CREATE TABLE letter_keys (
    letter TEXT  NOT NULL PRIMARY KEY REFERENCES letters (number),
    secret BYTEA NOT NULL
)
-- sqlite: WITHOUT ROWID
;

CREATE TABLE events (
    letter     TEXT    NOT NULL REFERENCES letters (number),
    seq        INTEGER NOT NULL,
    step       TEXT    NOT NULL,
    actor      TEXT    NOT NULL,
    at         BIGINT  NOT NULL,
    from_state TEXT    NOT NULL,
    to_state   TEXT    NOT NULL,
    public     BYTEA,
    private    BYTEA,
    commitment BYTEA,
    prev       BYTEA,
    hash       BYTEA   NOT NULL,
    PRIMARY KEY (letter, seq)
)
-- sqlite: WITHOUT ROWID
;

-- The result of the events, kept for the sweep. place is the clock's place in the letter's list, because a unit's
-- clock starts anew with each assignment.
CREATE TABLE clocks (
    letter           TEXT    NOT NULL REFERENCES letters (number),
    place            INTEGER NOT NULL,
    name             TEXT    NOT NULL,
    part             INTEGER NOT NULL,
    unit             TEXT    NOT NULL,
    started          BIGINT,
    due              BIGINT,
    amount           INTEGER NOT NULL,
    measure          TEXT    NOT NULL,
    next_rung        BIGINT,
    rung             TEXT    NOT NULL,
    paused_since     BIGINT,
    calendar_version TEXT    NOT NULL,
    policy           TEXT    NOT NULL,
    provisional      BOOLEAN NOT NULL,
    stopped          BIGINT,
    PRIMARY KEY (letter, place)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX clocks_part ON clocks (unit, letter) WHERE part > 0;
CREATE INDEX clocks_rung ON clocks (next_rung) WHERE next_rung IS NOT NULL AND stopped IS NULL AND paused_since IS NULL;

-- lease_until is the moment from which the next try may start: 0 for a fresh one.
CREATE TABLE deliveries (
    letter      TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    handler     TEXT    NOT NULL,
    step        TEXT    NOT NULL,
    attempts    INTEGER NOT NULL,
    lease_until BIGINT  NOT NULL,
    done_at     BIGINT,
    last_error  TEXT    NOT NULL,
    PRIMARY KEY (letter, seq, handler)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX deliveries_pending ON deliveries (handler, lease_until, letter, seq) WHERE done_at IS NULL;

CREATE TABLE idempotency (
    scope   TEXT   NOT NULL,
    once    TEXT   NOT NULL,
    body    BYTEA  NOT NULL,
    number  TEXT   NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (scope, once)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX idempotency_created ON idempotency (created);

CREATE TABLE counters (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
