package event

import (
	"fmt"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

func TestAFileOfEventsHasOneOfThreeForms(t *testing.T) {
	token := jwt(`{"alg":"none"}`, claims, "")
	for name, c := range map[string]struct{ text, second string }{
		"lines":               {token + "\n\n" + claims + "\n", "line 3"},
		"lines of Windows":    {token + "\r\n" + token + "\r\n", "line 2"},
		"a list":              {`["` + token + `", ` + claims + `]`, "token 2"},
		"an answer to a poll": {`{"sets": {"a": "` + token + `", "b": "` + token + `"}, "moreAvailable": false}`, `token "b"`},
	} {
		got, err := ReadFile("events", []byte(c.text))
		if err != nil || len(got) != 2 || got[1].Where != c.second {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestWhatIsNoEventInAFileIsSaidByItsPlace(t *testing.T) {
	token := jwt(`{"alg":"none"}`, claims, "")
	for name, c := range map[string]struct{ text, says string }{
		"nothing":       {" \n", "events: there is no security event token in it"},
		"an empty list": {"[]", "events: there is no security event token in it"},
		"a line":        {token + "\n" + token + "\nrubbish in the middle\n" + token, "events: line 3: it is neither"},
		"two lines":     {"<html>\n" + token + "\n{\"iss\": }\n", "events: line 1: it is neither a JSON object nor a JWT, which has three parts: it has 1\nevents: line 3: its claims are no JSON object"},
		"a place":       {`["` + token + `", 3]`, "events: token 2: a JWT or a JSON object was expected, got a JSON number"},
		"a name":        {`{"sets": {"a": "` + token + `", "b": "x"}}`, `events: token "b": it is neither`},
		"a cut line":    {token + "\n" + token[:len(token)/2], "events: line 2: "},
		"many":          {strings.Repeat("x\n", 100), "events: and 95 more"},
		"bytes":         {"\x00\xff\xfe", "events: line 1: it is neither"},
	} {
		_, err := ReadFile("events", []byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.says) || len(err.Error()) > 1000 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file is judged as a whole: here one token of each kind of mistake, beside what is right.
func TestEventsOfAFileAreJudgedWhateverTheirOrder(t *testing.T) {
	event := func(jti string, at int, events string) string {
		return fmt.Sprintf(`{"iss":"i","iat":%d,"jti":%q,"txn":%q,"sub_id":{"format":"scim","uri":"/Users/1"},"events":{%s}}`, at, jti, jti, events)
	}
	const uri = `"urn:ietf:params:scim:event:prov:`
	create, change, end := uri+`create:notice":{"attributes":["userName"]}`, uri+`patch:notice":{"attributes":["title"]}`, uri+`delete":{}`
	for name, c := range map[string]struct {
		lines []string
		wrong bool
	}{
		"in order":                      {[]string{event("1", 1, create), event("2", 2, change), event("3", 3, end)}, false},
		"the other way round":           {[]string{event("3", 3, end), event("2", 2, change), event("1", 1, create)}, false},
		"at the same second":            {[]string{event("1", 3, change), event("2", 3, end)}, false},
		"sent again later":              {[]string{event("1", 1, change), event("2", 2, end), strings.Replace(event("1", 9, change), `"jti":"1"`, `"jti":"9"`, 1)}, false},
		"its time is told beside":       {[]string{event("2", 5, end), strings.Replace(event("1", 9, change), `"iss"`, `"toe":4,"iss"`, 1)}, false},
		"a change after the deletion":   {[]string{event("1", 1, create), event("2", 2, end), event("3", 3, change)}, true},
		"a creation after the deletion": {[]string{event("3", 3, create), event("2", 2, end)}, true},
	} {
		all, err := ReadFile("events", []byte(strings.Join(c.lines, "\n")))
		if err != nil {
			t.Fatal(err)
		}
		w := worldOf(t, all)
		if err := w.nothingAfterTheDeletion(); (err != nil) != c.wrong {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// worldOf has the tokens of a file.
func worldOf(t *testing.T, all []judge.EventToken) *World {
	t.Helper()
	session := &judge.Session{Run: &judge.Run{Fit: judge.Fit{Events: &judge.EventStream{Recorded: all}}}, Conn: &judge.Connection{}, Wire: wire.NewRecorder()}
	w := New(session)
	if err := w.readsTheEvents(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}
