package judge

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// Flaws that many requirements see, each looked at once in its plainest form. The tables are beside
// this, one file for each subject: what is recognised in a Mismatch, and the look.

// plainAnswer is a flaw that many answers of a target may share.
type plainAnswer struct {
	home string // the requirement that tells it
	is   func(m *Mismatch, r wire.Request) bool
	flaw func(ctx context.Context, own *Session) (string, error) // "" if the target has it not
}

// FlawedPlainly finds out whether what a Mismatch is about is wrong in its plainest form as
// well: then it says why, and which requirement is the home of that. It says nothing of that
// requirement itself. Each is looked at once in a run. The error is the network's.
func (j *Session) FlawedPlainly(ctx context.Context, m *Mismatch, judged string) (home, why string, err error) {
	for _, look := range []func(context.Context, *Mismatch, string) (string, string, error){
		j.hiddenPlainly,
		j.gonePlainly,
		j.sentBackPlainly,
		j.pathRefusedPlainly,
		j.deletedPlainly,
		j.keptPlainly,
		j.idlePlainly,
		j.refusedOtherwise,
		j.stampedPlainly,
		j.answeredPlainly,
		j.listedPlainly,
		j.changedPlainly,
		j.walkedPlainly,
		j.unknownPlainly,
		j.namesakePlainly,
		j.undefinedPlainly,
	} {
		if home, why, err = look(ctx, m, judged); why != "" || err != nil {
			return home, why, err
		}
	}
	requests := j.requestsIn(m)
	if len(requests) == 0 { // of all answers of a run, which are another's
		requests = append(requests, wire.Request{})
	}
	for _, r := range requests {
		for i, p := range slices.Concat(plainErrors, plainSuccesses, plainAnswers, plainReads, plainUsers, plainLists, plainRefusals, plainBulks) {
			if p.home == judged || !p.is(m, r) {
				continue
			}
			flaw, err := SharedBy(ctx, j.Run, "the plain form "+strconv.Itoa(i)+" of "+p.home, p.flaw)
			if flaw != "" || IsLost(err) {
				return p.home, flaw, OnlyLost(err)
			}
		}
	}
	return "", "", nil
}

// requestsIn are those that a Mismatch is about: of the last answers, and the one that decided,
// such as that of a page or one that got no answer.
func (j *Session) requestsIn(m *Mismatch) []wire.Request {
	var all []wire.Request
	for _, a := range j.AnswersIn(m) {
		all = append(all, a.Request)
	}
	decided := j.Decided(m)
	if m.Want == wantsAnswer { // what came later was sent to find out whether the target lives
		decided = nil
		for _, x := range j.Wire.Exchanges() {
			if x.Status == 0 {
				decided = x
			}
		}
	}
	if decided != nil {
		all = append(all, j.requestOf(decided))
	}
	if len(all) == 0 || comparesSearch.MatchString(m.What) { // of an answer that others look at as well, or of two
		all = append(all, toldIn(m)...)
	}
	return all
}

// told is how a Mismatch tells a request.
var told = regexp.MustCompile(`\b(GET|POST|PUT|PATCH|DELETE) (/[^\s?]*)(?:\?(.*))?`)

// comparesSearch recognises what is told of a search beside a list.
var comparesSearch = regexp.MustCompile(`^POST /\S*\.search\b`)

// toldIn is the request that a Mismatch tells, without its body.
func toldIn(m *Mismatch) []wire.Request {
	text := told.FindStringSubmatch(m.What)
	if text == nil {
		return nil
	}
	r := wire.Request{Method: text[1], Path: strings.Split(strings.Trim(text[2], "/"), "/")}
	for part := range strings.SplitSeq(text[3], "&") {
		if name, value, ok := strings.Cut(part, "="); ok {
			r.Query = append(r.Query, [2]string{name, value})
		}
	}
	return []wire.Request{r}
}

// requestOf is the request of an exchange, as it would be sent below the base URL.
func (j *Session) requestOf(x *wire.Exchange) wire.Request {
	u, err := url.Parse(x.URL)
	base, baseErr := url.Parse(j.Conn.URL)
	if err != nil || baseErr != nil {
		return wire.Request{Method: x.Method}
	}
	r := wire.Request{Method: x.Method, Path: strings.Split(strings.Trim(strings.TrimPrefix(u.Path, base.Path), "/"), "/")}
	for name, values := range u.Query() {
		r.Query = append(r.Query, [2]string{name, values[0]})
	}
	if len(x.RequestBody) > 0 {
		r.Body = x.RequestBody
	}
	return r
}
