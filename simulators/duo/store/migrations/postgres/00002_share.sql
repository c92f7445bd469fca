-- +goose Up
-- Several processes share the work on one application: slot says whose turn a user is (see Slots), and
-- agenda holds what is left of the cycle that is under way.

ALTER TABLE linked_user ADD COLUMN slot SMALLINT NOT NULL GENERATED ALWAYS AS (get_byte(decode(md5(user_key), 'hex'), 0)) STORED;
CREATE INDEX linked_user_slot ON linked_user (app, slot);

CREATE TABLE agenda (
    app      BIGINT PRIMARY KEY REFERENCES application (id),
    cycle    TEXT NOT NULL COLLATE "C",
    version  TEXT NOT NULL,
    stage    INTEGER NOT NULL,
    todo     BIGINT[] NOT NULL,
    tally    JSON NOT NULL,
    document JSON NOT NULL
);
