package duo

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestForeignTextIsMadeFitForOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                     "plain",
		" two\r\n lines\t":          "two lines",
		"\x1b[31mred\x1b[0m":        `\u001b[31mred\u001b[0m`,
		"right\u202eleft":           `right\u202eleft`,
		"broken \xff UTF-8":         "broken \uFFFD UTF-8",
		strings.Repeat("é", 1000):   strings.Repeat("é", maxForeign) + "…",
		strings.Repeat("é", 300):    strings.Repeat("é", 300),
		"a null \x00 in the middle": `a null \u0000 in the middle`,
	} {
		if got := short(in); got != want {
			t.Errorf("%.20q became %q", in, got)
		}
	}
}

func TestARequestIsNamedOnOneLineWhateverTheId(t *testing.T) {
	if got := (call{method: "PATCH", path: []string{"Users", "a/b\n\x1b"}}).String(); got != "PATCH /Users/a%2Fb%0A%1B" {
		t.Error(got)
	}
}

func TestASummaryTellsWhatIsNotZero(t *testing.T) {
	for want, s := range map[string]Summary{
		"nothing changed":                                {},
		"users: 3 created, 1 failed":                     {UsersCreated: 3, UsersFailed: 1},
		"groups: 1 renamed":                              {GroupsRenamed: 1},
		"users: 1 deleted; groups: 2 with other members": {UsersDeleted: 1, MembershipsChanged: 2},
	} {
		if got := s.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	if err := sleep(context.Background(), time.Nanosecond); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
