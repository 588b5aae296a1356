-- What residents searched for, by day and text: no address, no time of day, nothing of who they are. missed counts how
-- often no letter held every word.
CREATE TABLE searches (
    day     BIGINT  NOT NULL,
    text    TEXT    NOT NULL,
    asked   INTEGER NOT NULL,
    missed  INTEGER NOT NULL,
    PRIMARY KEY (day, text)
)
-- sqlite: WITHOUT ROWID
;

-- Published answers that spared somebody a letter.
CREATE TABLE answers_chosen (
    day    BIGINT  NOT NULL,
    letter TEXT    NOT NULL,
    chosen INTEGER NOT NULL,
    PRIMARY KEY (day, letter)
)
-- sqlite: WITHOUT ROWID
;
