package lab

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

// connection is the part Authentication of the Provisioning tab.
type connection struct {
	BaseURL string
	token   string
	Test    *test // of the button "Connect to application"; nil before it was pressed
}

// test is what came of "Connect to application".
type test struct {
	OK        bool      `json:"ok"`
	Text      string    `json:"text"`
	Remedy    string    `json:"remedy,omitempty"`
	At        time.Time `json:"at"`
	Exchanges []int     `json:"exchanges"` // the requests that were sent
}

// given is what the command line says of the connection.
func (l *Lab) given() connection {
	if l.side.server != nil {
		return connection{}
	}
	return connection{BaseURL: l.side.url, token: l.opt.Token}
}

// Authenticate fills in Base URL and Token. An empty token leaves the one that is there.
func (l *Lab) Authenticate(baseURL, token string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.app == nil {
		return errNoApplication
	}
	link := l.app.link
	if token = strings.TrimSpace(token); token == "" {
		token = link.token
	}
	baseURL = strings.TrimRight(strings.TrimSpace(baseURL), "/")
	if link.BaseURL != baseURL || link.token != token {
		link = connection{BaseURL: baseURL, token: token}
	}
	l.wire.keepSecret(token)
	l.app.link = link
	return nil
}

// causeConnect is how the requests of the button are explained.
const causeConnect = "Connect to application"

// Connect is the button "Connect to application". The error says that there is no
// application; that the connection fails is its result.
func (l *Lab) Connect() (test, error) {
	a := l.application()
	if a == nil {
		return test{}, errNoApplication
	}
	if err := a.link.check(); err != nil {
		return test{}, err
	}
	before := l.wire.last()
	err := l.do(causeConnect, a.draft, a.link, func(ctx context.Context, p *duo.Provisioner, _ *directory.Directory) error {
		return p.Connect(ctx)
	})
	t := l.testOf(err)
	t.Exchanges = l.wire.causedBy(causeConnect, before)
	l.mu.Lock()
	if l.app != nil && l.app.link.BaseURL == a.link.BaseURL && l.app.link.token == a.link.token {
		l.app.link.Test = &t
	}
	l.mu.Unlock()
	l.changed(eventApplication, "%s", t.Text)
	return t, nil
}

func (c connection) check() error {
	if _, err := wire.CheckBaseURL(c.BaseURL); err != nil {
		return err
	}
	if c.token == "" {
		return errors.New("the token is empty: paste the one that the application provides")
	}
	return nil
}

func (l *Lab) testOf(err error) test {
	t := test{OK: err == nil, Text: duo.Connected, At: l.Now()}
	if e, ok := errors.AsType[*duo.ConnectError](err); ok {
		t.Text, t.Remedy = l.wire.hide(e.What), e.Remedy
	} else if err != nil {
		t.Text = l.wire.hide(err.Error())
	}
	return t
}
