package judge

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// WrongNumbers is a Mismatch that names the number of a list that its resources
// contradict (RFC 7644 section 3.4.2). It is nil for what is no list, and for numbers
// that are no integers: another requirement is about their type.
func WrongNumbers(a Answer) error {
	if a.Body == nil || a.Response.Status != http.StatusOK {
		return nil
	}
	if _, isList := a.Body.Get("totalResults"); !isList {
		return nil
	}
	l := listNumbers{answer: a, shown: len(a.Body.Array("Resources"))}
	if items, there := l.number("itemsPerPage"); there && items != l.shown {
		return l.wrong("itemsPerPage", strconv.Itoa(l.shown)+", the number of the resources on this page", items)
	}
	if _, byCursor := l.parameter("cursor"); byCursor {
		return nil // totalResults and startIndex say nothing of a page there (RFC 9865 section 2)
	}
	if total, there := l.number("totalResults"); there && total < l.shown {
		return l.wrong("totalResults", "at least "+strconv.Itoa(l.shown)+", as many resources are shown", total)
	}
	if l.isDiscovery() {
		return nil // a target ignores startIndex and count there (RFC 7644 section 4)
	}
	return l.wrongPlace()
}

func (l listNumbers) isDiscovery() bool {
	path := l.answer.Request.Path
	return len(path) > 0 && slices.Contains([]string{"Schemas", "ResourceTypes", "ServiceProviderConfig"}, path[0])
}

// listNumbers is a list with what was asked for.
type listNumbers struct {
	answer Answer
	shown  int
}

// wrongPlace holds the page against where the client wanted it to begin.
func (l listNumbers) wrongPlace() error {
	total, counts := l.number("totalResults")
	begin, understood := l.asked("startIndex", 1)
	count, counted := l.asked("count", 1)
	if !understood || !counted {
		return nil
	}
	begin = max(begin, 1)
	if start, there := l.number("startIndex"); there && l.shown > 0 && start != begin {
		return l.wrong("startIndex", strconv.Itoa(begin)+", where the page was to begin", start)
	}
	switch end := begin + l.shown - 1; {
	case !counts:
	case l.shown > 0 && end > total:
		return l.wrong("totalResults", "at least "+strconv.Itoa(end)+", the place of the last resource shown", total)
	case l.shown == 0 && count > 0 && begin <= total:
		return l.wrong("Resources", "a resource: the page begins at "+strconv.Itoa(begin)+" of "+strconv.Itoa(total), 0)
	}
	return nil
}

func (l listNumbers) wrong(name, want string, got int) error {
	return &Mismatch{What: name + " in the answer to " + l.answer.String(), Want: want, Got: strconv.Itoa(got), About: l.answer.Exchange}
}

// number is a member of the list that is an integer.
func (l listNumbers) number(name string) (int, bool) {
	v, _ := l.answer.Body.Get(name)
	n, isNumber := v.(json.Number)
	i, err := strconv.Atoi(n.String())
	return i, isNumber && err == nil
}

// asked is a parameter of the query that is an integer; without one, what it means.
func (l listNumbers) asked(name string, without int) (int, bool) {
	text, there := l.parameter(name)
	if !there {
		return without, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// parameter is one of the URL or, of a search by POST, of the body.
func (l listNumbers) parameter(name string) (string, bool) {
	for _, q := range l.answer.Request.Query {
		if q[0] == name {
			return q[1], true
		}
	}
	body, _ := l.answer.Request.Body.(*scim.Object)
	if raw, isRaw := l.answer.Request.Body.([]byte); isRaw {
		body, _ = scim.ParseObject(raw)
	}
	v, there := body.Get(name)
	return Plain(v), there
}

// listsSeen remembers the first list of a run whose numbers are wrong.
type listsSeen struct {
	mu  sync.Mutex
	err error
}

// mostLooks is how often a list is wrong before that counts. A target may count before somebody is
// created or removed, and list after that: a list is no snapshot (RFC 7644 section 3.4.2.4).
const mostLooks = 3

// look judges an answer if it is a list, and nothing was wrong before.
func (l *listsSeen) look(ctx context.Context, j *Session, c *wire.Client, r wire.Request, answer *wire.Response) {
	err := j.wrongNumbers(r, answer)
	for looks := 1; err != nil && looks < mostLooks && !l.isKnown(); looks++ {
		again, lost := j.do(ctx, c, r)
		if lost != nil {
			return
		}
		err = j.wrongNumbers(r, again)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
	}
}

func (l *listsSeen) isKnown() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err != nil
}

// wrongNumbers is WrongNumbers of the last answer.
func (j *Session) wrongNumbers(r wire.Request, answer *wire.Response) error {
	if !isRead(r) || !bytes.Contains(answer.Body, []byte(`"totalResults"`)) {
		return nil
	}
	a := AnswerOf(r, answer)
	a.Exchange = j.lastExchange()
	return WrongNumbers(a)
}

// ListsAgree is the first Mismatch of WrongNumbers in this run, in whatever the judge
// has asked for.
func (j *Session) ListsAgree() error {
	l := &j.Run.lists
	l.mu.Lock()
	defer l.mu.Unlock()
	j.Asserted(1)
	return l.err
}
