package store

import "context"

// The statements that write. $1 is the application's number throughout.
const (
	closeIntent   = "DELETE FROM intent WHERE app = $1 AND kind = $2 AND key = $3"
	deleteUser    = "DELETE FROM linked_user WHERE app = $1 AND user_key = $2"
	deleteJoined  = "DELETE FROM membership WHERE app = $1 AND user_key = $2"
	deleteGroup   = "DELETE FROM linked_group WHERE app = $1 AND group_key = $2"
	deleteMembers = "DELETE FROM membership WHERE app = $1 AND group_key = $2"
	leave         = "DELETE FROM membership WHERE app = $1 AND group_key = $2 AND user_key = $3"
	join          = "INSERT INTO membership (app, group_key, user_key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
	deleteFailure = "DELETE FROM failure WHERE app = $1 AND kind = $2 AND key = $3"
	setState      = "UPDATE application SET state = $2 WHERE id = $1"

	putUser = "INSERT INTO linked_user (app, " + userColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (app, user_key) DO UPDATE SET target_id = excluded.target_id, username = excluded.username, active = excluded.active,
		sent = excluded.sent, fingerprint = excluded.fingerprint, since = excluded.since, changed = excluded.changed`
	putGroup = "INSERT INTO linked_group (app, " + groupColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (app, group_key) DO UPDATE SET target_id = excluded.target_id, name = excluded.name, size = excluded.size,
		sum = excluded.sum, since = excluded.since, changed = excluded.changed`
	openIntent = "INSERT INTO intent (app, " + intentColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (app, kind, key) DO UPDATE SET operation = excluded.operation, target_id = excluded.target_id, name = excluded.name,
		detail = excluded.detail, started = excluded.started, cycle = excluded.cycle`
	putFailure = "INSERT INTO failure (app, " + failureColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (app, kind, key) DO UPDATE SET name = excluded.name, operation = excluded.operation, status = excluded.status,
		reason = excluded.reason, dead = excluded.dead, fingerprint = excluded.fingerprint, attempts = excluded.attempts,
		since = excluded.since, last = excluded.last`
	putRun = "INSERT INTO cycle (app, " + runColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (app, id) DO UPDATE SET kind = excluded.kind, started = excluded.started, ended = excluded.ended,
		requests = excluded.requests, counts = excluded.counts, skipped = excluded.skipped, error = excluded.error`
	addEntry = `INSERT INTO activity (app, id, time, action, actor_key, actor_name, actor_type, affected_key, affected_name, affected_type,
		application_key, application_name, application_type, details) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
)

// transaction runs statements until one fails.
type transaction struct {
	*writer
	ctx context.Context //nolint:containedctx // it lives as long as one call
	err error
}

func (t *transaction) do(query string, args ...any) {
	if t.err == nil {
		t.err = t.exec(t.ctx, query, append([]any{t.store.app}, args...)...)
	}
}

// apply writes one batch into the open transaction.
func (w *writer) apply(ctx context.Context, one *waiting) error {
	t := &transaction{writer: w, ctx: ctx}
	if one.forget {
		for _, table := range []string{"linked_user", "linked_group", "membership", "intent", "failure"} {
			t.do("DELETE FROM " + table + " WHERE app = $1")
		}
		return t.err
	}
	t.remove(one.batch)
	t.link(one.batch)
	t.note(one.batch)
	return t.err
}

func (t *transaction) remove(b Batch) {
	for _, r := range b.CloseIntents {
		t.do(closeIntent, string(r.Kind), r.Key)
	}
	for _, key := range b.DeleteUsers {
		t.do(deleteUser, key)
		t.do(deleteJoined, key)
	}
	for _, key := range b.DeleteGroups {
		t.do(deleteGroup, key)
		t.do(deleteMembers, key)
	}
	for _, m := range b.Leave {
		t.do(leave, m.Group, m.User)
	}
}

func (t *transaction) link(b Batch) {
	for _, u := range b.PutUsers {
		t.do(putUser, u.Key, u.ID, u.Username, u.Active, text(u.Sent), u.Fingerprint, stamp(u.Since), stamp(u.Changed))
	}
	for _, g := range b.PutGroups {
		t.do(putGroup, g.Key, g.ID, g.Name, g.Size, g.Sum, stamp(g.Since), stamp(g.Changed))
	}
	for _, m := range b.Join {
		t.do(join, m.Group, m.User)
	}
}

func (t *transaction) note(b Batch) {
	for _, i := range b.OpenIntents {
		t.do(openIntent, string(i.Kind), i.Key, i.Operation, i.ID, i.Name, text(i.Detail), stamp(i.Started), i.Run)
	}
	for _, r := range b.DeleteFailures {
		t.do(deleteFailure, string(r.Kind), r.Key)
	}
	for _, f := range b.PutFailures {
		t.do(putFailure, string(f.Kind), f.Key, f.Name, f.Operation, f.Status, f.Reason, f.Dead, f.Fingerprint, f.Attempts, stamp(f.Since), stamp(f.Last))
	}
	for _, e := range b.Entries {
		t.do(addEntry, e.ID, stamp(e.Time), e.Action, e.Actor.Key, e.Actor.Name, e.Actor.Type,
			e.Affected.Key, e.Affected.Name, e.Affected.Type, e.Application.Key, e.Application.Name, e.Application.Type, text(e.Details))
	}
	if r := b.PutRun; r != nil {
		t.do(putRun, r.ID, r.Kind, stamp(r.Started), stamp(r.Ended), r.Requests, text(r.Counts), text(r.Skipped), r.Error)
	}
	if b.State != nil {
		t.do(setState, b.State)
	}
}
