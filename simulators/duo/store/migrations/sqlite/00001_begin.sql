-- +goose Up
-- The state of the simulated Duo. Times are nanoseconds since 1970 in UTC, 0 where there is none.
-- The views at the end are for people.

CREATE TABLE application (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    opened INTEGER NOT NULL,
    state  BLOB
);

CREATE TABLE linked_user (
    app         INTEGER NOT NULL REFERENCES application (id),
    user_key    TEXT NOT NULL,
    target_id   TEXT NOT NULL,
    username    TEXT NOT NULL,
    active      INTEGER NOT NULL,
    sent        TEXT,
    fingerprint INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    changed     INTEGER NOT NULL,
    PRIMARY KEY (app, user_key)
);
CREATE UNIQUE INDEX linked_user_target ON linked_user (app, target_id);

CREATE TABLE linked_group (
    app       INTEGER NOT NULL REFERENCES application (id),
    group_key TEXT NOT NULL,
    target_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    size      INTEGER NOT NULL,
    sum       INTEGER NOT NULL,
    since     INTEGER NOT NULL,
    changed   INTEGER NOT NULL,
    PRIMARY KEY (app, group_key)
);
CREATE UNIQUE INDEX linked_group_target ON linked_group (app, target_id);

CREATE TABLE membership (
    app       INTEGER NOT NULL REFERENCES application (id),
    group_key TEXT NOT NULL,
    user_key  TEXT NOT NULL,
    PRIMARY KEY (app, group_key, user_key)
) WITHOUT ROWID;
CREATE INDEX membership_user ON membership (app, user_key);

CREATE TABLE intent (
    app       INTEGER NOT NULL REFERENCES application (id),
    kind      TEXT NOT NULL,
    key       TEXT NOT NULL,
    operation TEXT NOT NULL,
    target_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    detail    TEXT,
    started   INTEGER NOT NULL,
    cycle     TEXT NOT NULL,
    PRIMARY KEY (app, kind, key)
) WITHOUT ROWID;

CREATE TABLE failure (
    app         INTEGER NOT NULL REFERENCES application (id),
    kind        TEXT NOT NULL,
    key         TEXT NOT NULL,
    name        TEXT NOT NULL,
    operation   TEXT NOT NULL,
    status      INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    dead        INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    PRIMARY KEY (app, kind, key)
) WITHOUT ROWID;

CREATE TABLE activity (
    seq              INTEGER PRIMARY KEY,
    app              INTEGER NOT NULL REFERENCES application (id),
    id               TEXT NOT NULL,
    time             INTEGER NOT NULL,
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
    number   INTEGER PRIMARY KEY,
    app      INTEGER NOT NULL REFERENCES application (id),
    id       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    started  INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    counts   TEXT,
    skipped  TEXT,
    error    TEXT NOT NULL,
    UNIQUE (app, id)
);

CREATE VIEW activity_log AS
SELECT strftime('%Y-%m-%dT%H:%M:%fZ', activity.time / 1000000000.0, 'unixepoch') AS time, activity.action, activity.actor_name AS actor,
       activity.affected_name AS affected, application.name AS application, activity.details
FROM activity JOIN application ON application.id = activity.app
ORDER BY activity.seq;

CREATE VIEW links AS
SELECT application.name AS application, 'user' AS kind, user_key AS key, username AS name, target_id AS target, active,
       strftime('%Y-%m-%dT%H:%M:%fZ', since / 1000000000.0, 'unixepoch') AS since
FROM linked_user JOIN application ON application.id = linked_user.app
UNION ALL
SELECT application.name, 'group', group_key, linked_group.name, target_id, 1,
       strftime('%Y-%m-%dT%H:%M:%fZ', since / 1000000000.0, 'unixepoch')
FROM linked_group JOIN application ON application.id = linked_group.app;

-- "SDuo", so that file(1) and others see whose file it is.
PRAGMA application_id = 1396995439;
