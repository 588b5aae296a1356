-- Which matter a letter belongs to. NULL is "not sorted yet", which the letters of an archive are at first too; a letter
-- that is kept from readers stays NULL or becomes it again.
ALTER TABLE letters ADD COLUMN topic TEXT;
CREATE INDEX letters_unsorted ON letters (received_at, number) WHERE topic IS NULL AND guard = '' AND accused = '';
CREATE INDEX letters_topic ON letters (topic, received_at) WHERE topic IS NOT NULL;
CREATE INDEX letters_topic_sealed ON letters (number) WHERE topic IS NOT NULL AND (guard <> '' OR accused <> '');

-- name and place are those of started topics only; merged_into is the topic that this one became part of.
CREATE TABLE topics (
    id          TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    place       TEXT    NOT NULL,
    centre      BYTEA,
    found       BYTEA,
    letters     INTEGER NOT NULL,
    first_at    BIGINT  NOT NULL,
    last_at     BIGINT  NOT NULL,
    started_at  BIGINT,
    merged_into TEXT
);
CREATE INDEX topics_started ON topics (last_at) WHERE started_at IS NOT NULL AND merged_into IS NULL;
CREATE INDEX topics_old ON topics (last_at) WHERE started_at IS NULL;

-- By which features a topic is found, the latest topics first.
CREATE TABLE topic_features (
    feature BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    topic   TEXT   NOT NULL,
    PRIMARY KEY (feature, last_at, topic)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX topic_features_topic ON topic_features (topic);

-- What happened to topics: started, merged; once each.
CREATE TABLE topic_events (
    topic TEXT   NOT NULL,
    kind  TEXT   NOT NULL,
    at    BIGINT NOT NULL,
    PRIMARY KEY (topic, kind)
)
-- sqlite: WITHOUT ROWID
;
CREATE INDEX topic_events_at ON topic_events (at);
