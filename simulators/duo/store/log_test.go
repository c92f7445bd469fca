package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/duo/store"
)

// logged are entries in the order in which they are written, which is not that of their times.
func logged() []store.Entry {
	duo := store.Party{Name: "Automated Provisioning Integration", Type: "System"}
	app := store.Party{Key: "DIAPP", Name: "Secure Access"}
	return []store.Entry{
		{ID: "a", Time: noon, Action: "provisioning_enable", Actor: store.Party{Key: "DE1", Name: "Josué", Type: "Administrator"}, Affected: app, Application: app, Details: []byte(`{"operation":"x"}`)},
		{ID: "b", Time: noon.Add(2 * time.Second), Action: "provisioning_user", Actor: duo, Affected: store.Party{Key: "DU1", Name: "zoë@example.com", Type: "Outbound SCIM Sync"}, Application: app, Details: []byte(`{}`)},
		{ID: "c", Time: noon.Add(time.Second), Action: "provisioning_group", Actor: duo, Affected: store.Party{Key: "DG1", Name: "DUO - Users"}, Application: app, Details: []byte(`{}`)},
		{ID: "d", Time: noon.Add(2 * time.Second), Action: "provisioning_user", Actor: duo, Affected: store.Party{Key: "DU2", Name: "ann@example.com"}, Application: store.Party{Name: "Webex"}, Details: []byte(`{}`)},
	}
}

func TestTheLogIsReadBackAsItWasWritten(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		want := logged()
		commit(t, s, store.Batch{Entries: want[:1]})
		commit(t, s, store.Batch{Entries: want[1:]})
		got := all(t, s.Entries(t.Context(), store.Query{}))
		for i := range got {
			if want[i].Seq = got[i].Seq; i > 0 && got[i].Seq <= got[i-1].Seq {
				t.Errorf("entry %d has number %d after %d", i, got[i].Seq, got[i-1].Seq)
			}
		}
		equal(t, "entries", got, want)
	})
}

func TestAQueryChoosesEntries(t *testing.T) {
	contract(t, func(t *testing.T, s store.Store) {
		commit(t, s, store.Batch{Entries: logged()})
		second := all(t, s.Entries(t.Context(), store.Query{}))[1].Seq
		for name, c := range map[string]struct {
			query store.Query
			want  string
		}{
			"everything":                         {store.Query{}, "abcd"},
			"the page":                           {store.Query{Newest: true}, "dbca"},
			"the newest two":                     {store.Query{Newest: true, Limit: 2}, "db"},
			"the first two":                      {store.Query{Limit: 2}, "ab"},
			"an application":                     {store.Query{Application: "Webex"}, "d"},
			"an action":                          {store.Query{Action: "provisioning_user"}, "bd"},
			"an actor in any case":               {store.Query{Actor: "JOSUÉ"}, "a"},
			"who was affected, by name":          {store.Query{Affected: "ZOË@example.com"}, "b"},
			"who was affected, by key":           {store.Query{Affected: "du2"}, "d"},
			"a part of no name":                  {store.Query{Affected: "example.com"}, ""},
			"a search in actors":                 {store.Query{Search: "josu"}, "a"},
			"a search in applications":           {store.Query{Search: "SECURE"}, "abc"},
			"a search in affected":               {store.Query{Search: "Ë@"}, "b"},
			"a search with signs of SQL":         {store.Query{Search: "%"}, ""},
			"from a time":                        {store.Query{From: noon.Add(time.Second)}, "bcd"},
			"up to a time":                       {store.Query{To: noon.Add(time.Second)}, "a"},
			"between two, in another time zone":  {store.Query{From: noon.In(time.FixedZone("", 3600)), To: noon.Add(1)}, "a"},
			"after a number":                     {store.Query{After: second}, "cd"},
			"several at once":                    {store.Query{Action: "provisioning_user", Application: "Secure Access", Newest: true, Limit: 5}, "b"},
			"a limit that comes after a filter":  {store.Query{Action: "provisioning_user", Search: "ann", Limit: 1}, "d"},
			"the newest, where a filter applies": {store.Query{Search: "secure", Newest: true, Limit: 1}, "b"},
		} {
			var ids strings.Builder
			for _, e := range all(t, s.Entries(t.Context(), c.query)) {
				ids.WriteString(e.ID)
			}
			if ids.String() != c.want {
				t.Errorf("%s: got %q, want %q", name, ids.String(), c.want)
			}
		}
	})
}
