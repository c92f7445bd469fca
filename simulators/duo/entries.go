package duo

import (
	"context"
	"errors"
	"fmt"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// entry makes an entry. Everything in it that came from the target has the token
// taken out, which a target may have echoed.
func (p *Provisioner) entry(action Action, actor, affected Party, details *scim.Object) Entry {
	p.entryMu.Lock()
	defer p.entryMu.Unlock()
	return Entry{
		ID:          p.opt.NewID(),
		Time:        p.opt.Now(),
		Action:      action,
		Actor:       actor,
		Affected:    affected,
		Application: Party{Key: p.application().Key, Name: p.app.Name},
		Details:     p.withoutSecrets(details),
	}
}

// adminEntry is an entry about what the administrator did to the application.
func (p *Provisioner) adminEntry(action Action, details *scim.Object) Entry {
	admin := Party{Key: key("DE", p.opt.Admin), Name: p.opt.Admin, Type: Administrator}
	return p.entry(action, admin, p.application(), details)
}

// syncEntry is an entry about what the connector did to a user or group.
func (p *Provisioner) syncEntry(action Action, affected Party, details *scim.Object) Entry {
	return p.entry(action, integration(), affected, details)
}

// commit writes a batch and these entries to the store, whole or not at all, and
// then shows the entries to the log and the caller. A store that cannot be
// written is an *unwritten error, after which nothing more may be sent; an
// account that is linked already is a *store.Taken.
func (p *Provisioner) commit(b store.Batch, entries ...Entry) error {
	for _, e := range entries {
		b.Entries = append(b.Entries, e.record())
	}
	if err := p.store.Commit(context.Background(), b); err != nil {
		if taken, ok := errors.AsType[*store.Taken](err); ok {
			return taken
		}
		return &unwritten{err}
	}
	p.entryMu.Lock()
	defer p.entryMu.Unlock()
	for _, e := range entries {
		if p.opt.Log != nil {
			p.opt.Log.Add(e)
		}
		if p.opt.OnEntry != nil {
			p.opt.OnEntry(e)
		}
	}
	return nil
}

// unwritten is a store that could not be read or written. It ends the cycle: what
// cannot be recorded must not be sent.
type unwritten struct{ err error }

func (e *unwritten) Error() string {
	return fmt.Sprintf("the state cannot be kept, so nothing more is sent: %v", e.err)
}

func (e *unwritten) Unwrap() error { return e.err }

// Log is the Activity Log that the provisioner writes to: Options.Log, or else
// what the store has at this time. The error is the store's.
func (p *Provisioner) Log() *Log {
	if p.opt.Log != nil {
		return p.opt.Log
	}
	l := &Log{}
	for e, err := range p.store.Entries(context.Background(), store.Query{}) {
		if err != nil {
			break
		}
		l.Add(EntryOf(e))
	}
	return l
}

// EntryOf is the entry that a store keeps.
func EntryOf(e store.Entry) Entry {
	details, err := scim.ParseObject(e.Details)
	if err != nil {
		details = scim.NewObject()
	}
	party := func(p store.Party) Party { return Party{p.Key, p.Name, PartyType(p.Type)} }
	return Entry{
		ID: e.ID, Time: e.Time, Action: Action(e.Action),
		Actor: party(e.Actor), Affected: party(e.Affected), Application: party(e.Application), Details: details,
	}
}

// record is the entry as a store keeps it.
func (e Entry) record() store.Entry {
	party := func(p Party) store.Party { return store.Party{Key: p.Key, Name: p.Name, Type: string(p.Type)} }
	details, _ := scim.Marshal(e.Details) // what an Object holds can be written
	return store.Entry{
		ID: e.ID, Time: e.Time, Action: string(e.Action),
		Actor: party(e.Actor), Affected: party(e.Affected), Application: party(e.Application), Details: details,
	}
}

func integration() Party { return Party{Name: IntegrationActor, Type: System} }

func (p *Provisioner) application() Party {
	return Party{Key: key("DI", p.app.Name), Name: p.app.Name, Type: OutboundSync}
}

func affected(duoKey, name string) Party {
	return Party{Key: duoKey, Name: name, Type: OutboundSync}
}

func (p *Provisioner) withoutSecrets(details *scim.Object) *scim.Object {
	clean := scim.NewObject()
	for name, v := range details.All() {
		clean.Set(name, p.hide(v))
	}
	return clean
}

func (p *Provisioner) hide(v any) any {
	switch v := v.(type) {
	case string:
		return p.secrets.Hide(v)
	case []any:
		all := make([]any, len(v))
		for i := range v {
			all[i] = p.hide(v[i])
		}
		return all
	case *scim.Object:
		return p.withoutSecrets(v)
	}
	return v
}
