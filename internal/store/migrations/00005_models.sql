-- How a letter came to its unit, told by its events. routed NULL is a letter from before these columns: the task that
-- learns fills it in. sent_by is who sent it to a unit first, decided_at when a person last said where it belongs.
ALTER TABLE letters ADD COLUMN routed TEXT;
ALTER TABLE letters ADD COLUMN sent_by TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE letters ADD COLUMN decided_at BIGINT;
CREATE INDEX letters_untold ON letters (number) WHERE routed IS NULL;
DROP INDEX letters_received;
CREATE INDEX letters_received ON letters (received_at, unit, guard, accused, sent_by, routed, returned);
CREATE INDEX letters_decided ON letters (decided_at) WHERE decided_at IS NOT NULL AND guard = '' AND accused = '';

-- Every model that was learned from the city's letters. Only the newest keep their body; at most one is active.
CREATE TABLE models (
    version    TEXT   NOT NULL PRIMARY KEY,
    state      TEXT   NOT NULL,
    trained_at BIGINT NOT NULL,
    adopted_at BIGINT,
    retired_at BIGINT,
    by_member  TEXT   NOT NULL,
    card       TEXT   NOT NULL,
    trial      TEXT   NOT NULL,
    body       BYTEA
);
CREATE UNIQUE INDEX models_active ON models (state) WHERE state = 'active';
CREATE INDEX models_trained ON models (trained_at);
