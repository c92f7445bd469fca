package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/filter"
	"github.com/simulate-duo/simulate-duo/steps/judge"
	"github.com/simulate-duo/simulate-duo/steps/population"
)

func makerForTests(seed uint64) *filterMaker {
	w := New(&judge.Session{Subjects: map[string]*judge.Subject{}, Remembered: map[string]string{"population": "mark"}})
	for _, p := range population.Members() {
		text := strings.NewReplacer("{population}", "mark", "{domain}", "example.com").Replace(p.Attributes)
		shown, err := scim.ParseObject([]byte(text))
		if err != nil {
			panic(err)
		}
		w.Subjects[p.Name] = &judge.Subject{Collection: p.Collection, ID: "id-" + p.Name, Shown: shown}
	}
	m := w.newFilterMaker("Users", seed)
	m.selected = []string{`emails[type eq "work"]`}
	return m
}

func TestRandomFilters(t *testing.T) {
	t.Run("follow the grammar and fit the schema", func(t *testing.T) {
		m := makerForTests(7)
		for range 2000 {
			text := m.filter(4)
			condition, err := filter.Parse(text, scim.UserType())
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if err := filter.Check(condition, scim.UserType()); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
		}
	})
	t.Run("are the same for the same seed", func(t *testing.T) {
		a, b, other := makerForTests(1), makerForTests(1), makerForTests(2)
		same := true
		for range 50 {
			x := a.filter(3)
			if y := b.filter(3); x != y {
				t.Fatalf("%s and %s", x, y)
			}
			same = same && x == other.filter(3)
		}
		if same {
			t.Error("another seed made the same filters")
		}
	})
	t.Run("use every operator", func(t *testing.T) {
		m, seen := makerForTests(3), map[string]bool{}
		for range 2000 {
			for word := range strings.FieldsSeq(m.filter(2)) {
				seen[word] = true
			}
		}
		for _, op := range []string{"eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr", "and", "or", "not"} {
			if !seen[op] {
				t.Errorf("never made: %s", op)
			}
		}
	})
}

func TestSmallerFilters(t *testing.T) {
	tests := map[string]struct {
		filter string
		want   []string
	}{
		"a comparison cannot be smaller":        {`title pr`, nil},
		"and has two sides":                     {`title pr and nickName pr`, []string{`title pr`, `nickName pr`}},
		"or has sides with sides of their own":  {`title pr or nickName pr and id pr`, []string{`title pr`, `nickName pr and id pr`, `title pr or nickName pr`, `title pr or id pr`}},
		"not has what it denies":                {`not (title pr or id pr)`, []string{`title pr or id pr`, `not (title pr)`, `not (id pr)`}},
		"brackets keep their list":              {`emails[type pr and value pr]`, []string{`emails[type pr]`, `emails[value pr]`}},
		"ne keeps the pr that gives it meaning": {`title pr and title ne "x"`, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			condition, err := filter.Parse(test.filter, scim.UserType())
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range smallerFilters(condition) {
				got = append(got, f.String())
			}
			if fmt.Sprint(got) != fmt.Sprint(test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
