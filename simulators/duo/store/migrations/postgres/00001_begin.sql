-- +goose Up
-- The state of the simulated Duo. Times are nanoseconds since 1970 in UTC, 0 where there is none.

CREATE TABLE application (
    id     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    opened BIGINT NOT NULL,
    state  BYTEA
);

CREATE TABLE linked_user (
    app         BIGINT NOT NULL REFERENCES application (id),
    user_key    TEXT NOT NULL COLLATE "C",
    target_id   TEXT NOT NULL COLLATE "C",
    username    TEXT NOT NULL,
    active      BOOLEAN NOT NULL,
    sent        TEXT,
    fingerprint BIGINT NOT NULL,
    since       BIGINT NOT NULL,
    changed     BIGINT NOT NULL,
    PRIMARY KEY (app, user_key)
);
CREATE UNIQUE INDEX linked_user_target ON linked_user (app, target_id);

CREATE TABLE linked_group (
    app       BIGINT NOT NULL REFERENCES application (id),
    group_key TEXT NOT NULL COLLATE "C",
    target_id TEXT NOT NULL COLLATE "C",
    name      TEXT NOT NULL,
    size      BIGINT NOT NULL,
    sum       BIGINT NOT NULL,
    since     BIGINT NOT NULL,
    changed   BIGINT NOT NULL,
    PRIMARY KEY (app, group_key)
);
CREATE UNIQUE INDEX linked_group_target ON linked_group (app, target_id);

CREATE TABLE membership (
    app       BIGINT NOT NULL REFERENCES application (id),
    group_key TEXT NOT NULL COLLATE "C",
    user_key  TEXT NOT NULL COLLATE "C",
    PRIMARY KEY (app, group_key, user_key)
);
CREATE INDEX membership_user ON membership (app, user_key);

CREATE TABLE intent (
    app       BIGINT NOT NULL REFERENCES application (id),
    kind      TEXT NOT NULL COLLATE "C",
    key       TEXT NOT NULL COLLATE "C",
    operation TEXT NOT NULL,
    target_id TEXT NOT NULL COLLATE "C",
    name      TEXT NOT NULL,
    detail    TEXT,
    started   BIGINT NOT NULL,
    cycle     TEXT NOT NULL,
    PRIMARY KEY (app, kind, key)
);

CREATE TABLE failure (
    app         BIGINT NOT NULL REFERENCES application (id),
    kind        TEXT NOT NULL COLLATE "C",
    key         TEXT NOT NULL COLLATE "C",
    name        TEXT NOT NULL,
    operation   TEXT NOT NULL,
    status      BIGINT NOT NULL,
    reason      TEXT NOT NULL,
    dead        BOOLEAN NOT NULL,
    fingerprint BIGINT NOT NULL,
    attempts    BIGINT NOT NULL,
    since       BIGINT NOT NULL,
    last        BIGINT NOT NULL,
    PRIMARY KEY (app, kind, key)
);

CREATE TABLE activity (
    seq              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    app              BIGINT NOT NULL REFERENCES application (id),
    id               TEXT NOT NULL COLLATE "C",
    time             BIGINT NOT NULL,
    action           TEXT NOT NULL,
    actor_key        TEXT NOT NULL,
    actor_name       TEXT NOT NULL,
    actor_type       TEXT NOT NULL,
    affected_key     TEXT NOT NULL,
    affected_name    TEXT NOT NULL,
    affected_type    TEXT NOT NULL,
    application_key  TEXT NOT NULL,
    application_name TEXT NOT NULL,
    application_type TEXT NOT NULL,
    details          TEXT
);

CREATE TABLE cycle (
    number   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    app      BIGINT NOT NULL REFERENCES application (id),
    id       TEXT NOT NULL COLLATE "C",
    kind     TEXT NOT NULL COLLATE "C",
    started  BIGINT NOT NULL,
    ended    BIGINT NOT NULL,
    requests BIGINT NOT NULL,
    counts   TEXT,
    skipped  TEXT,
    error    TEXT NOT NULL,
    UNIQUE (app, id)
);
