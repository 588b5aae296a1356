-- What the city keeps besides letters: its rules, its staff, and what must not be forgotten between two requests.

-- place keeps the order in which the rules were given, because the first policy that fits is taken.
CREATE TABLE city_items (
    kind           TEXT   NOT NULL,
    id             TEXT   NOT NULL,
    effective_from BIGINT NOT NULL,
    body           BYTEA  NOT NULL,
    source         TEXT   NOT NULL,
    ended_at       BIGINT,
    changed_at     BIGINT NOT NULL,
    place          INTEGER NOT NULL,
    PRIMARY KEY (kind, id, effective_from)
);
CREATE INDEX city_items_changed ON city_items (changed_at);

CREATE TABLE staff (
    login         TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    unit          TEXT    NOT NULL,
    roles         TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    disabled      BOOLEAN NOT NULL,
    changed_at    BIGINT  NOT NULL
);

CREATE TABLE staff_tokens (
    hash    TEXT   NOT NULL PRIMARY KEY,
    login   TEXT   NOT NULL REFERENCES staff (login),
    created BIGINT NOT NULL,
    expires BIGINT
);

CREATE TABLE nonces (
    scope   TEXT   NOT NULL,
    nonce   TEXT   NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (scope, nonce)
);
CREATE INDEX nonces_expires ON nonces (expires);

CREATE TABLE wechat_drafts (
    sender  TEXT   NOT NULL PRIMARY KEY,
    body    BYTEA  NOT NULL,
    updated BIGINT NOT NULL
);

-- Surveys, interviews and their questions: JSON documents that are read whole.
CREATE TABLE documents (
    kind    TEXT   NOT NULL,
    id      TEXT   NOT NULL,
    body    BYTEA  NOT NULL,
    updated BIGINT NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE TABLE survey_answers (
    survey    TEXT   NOT NULL,
    answer_id TEXT   NOT NULL,
    once_key  TEXT   NOT NULL,
    body      BYTEA  NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (survey, answer_id)
);
CREATE UNIQUE INDEX survey_answers_once ON survey_answers (survey, once_key);

CREATE TABLE heartbeats (
    instance TEXT   NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL
);
