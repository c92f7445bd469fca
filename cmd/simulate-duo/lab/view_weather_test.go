package lab

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// refusing answers the chosen requests of Duo with a status.
func refusing(status int, chosen func(r *http.Request) bool) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if chosen(r) {
				w.WriteHeader(status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// adding gives Duo another user who is to be provisioned.
func adding(t *testing.T, l *Lab, name string) {
	t.Helper()
	done, err := l.Edit("added "+name, func(d *directory.Directory) error {
		if err := d.AddUser(directory.User{Username: name, Email: name}); err != nil {
			return err
		}
		return d.AddMember("DUO - Users", name)
	})
	if err != nil {
		t.Fatal(err)
	}
	<-done
}

func TestFaultsAreFoundAndSwitchedOnThePage(t *testing.T) {
	l, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	v.want(v.get(pathWeather), "None is on")
	v.want(v.get(pathWeather+"?q=no+such+fault"), "No other fault is found.")
	v.want(v.get(pathWeather+"?q=e"), "more: search for more words")
	v.want(v.get(pathWeather+"?q=rfc7644-3.3-05+LOCATION"), `name="on" value="`+fault+`"`)
	v.want(v.post(pathWeather+"/faults", "on", fault), "On, from the next request: "+fault, `name="off" value="`+fault+`"`)
	if strings.Contains(v.get(pathWeather+"?q=rfc7644-3.3-05"), `name="on" value="`+fault+`"`) {
		t.Error("a fault that is on can be switched on again")
	}
	v.want(v.post(pathWeather+"/faults", "off", fault), "None is on")
	v.post(pathWeather+"/faults", "on", fault)
	v.want(v.post(pathWeather+"/faults", "clear", "yes"), "None is on")
	v.want(v.post(pathWeather+"/faults", "on", "NO-SUCH-01"), "This did not work.", "nothing violates")
	if on := l.FaultsOn(); len(on) > 0 {
		t.Errorf("%v are on", on)
	}
}

func TestAnEndpointAtAURLIsNotMadeFaulty(t *testing.T) {
	_, server := newLab(t, Options{Target: "http://127.0.0.1:1/scim"})
	v := visitorAt(t, server.URL)
	v.want(v.get(pathWeather+"?q=PATCH"), "only the lab’s own Secure Access can be made faulty")
	v.want(v.post(pathWeather+"/faults", "on", fault), "This did not work.", "the other side is at a URL")
}

func TestTheNetworkFailsAsTheFormSays(t *testing.T) {
	l, v, _ := followed(t, Options{})
	v.want(v.post(pathWeather+"/chaos", "duplicate", "100%", "seed", "7"), "It fails on purpose.", `name="duplicate" value="100"`, `value="7"`)
	if _, err := l.Sync("test", duo.Cycle{Full: true}); err != nil {
		t.Fatal(err)
	}
	if n := l.Chaos().Happened["duplicate"]; n == 0 {
		t.Error("nothing has happened")
	}
	v.post(pathWeather+"/chaos", "busy", "2.5", "latency", "50", "delay", "1ms")
	if got := l.Chaos().Spec; got != "busy=0.025,latency=0.5:1ms" {
		t.Errorf("the spec is %s", got)
	}
	v.want(v.get(pathWeather), `name="busy" value="2.5"`, `name="delay" value="1ms"`)
	for field, says := range map[string]string{"busy": "is no percentage", "seed": "not a whole number", "delay": "only latency takes a duration"} {
		v.want(v.post(pathWeather+"/chaos", "latency", "1", field, "x"), "This did not work.", says)
	}
	if err := l.SetChaos("all=0.01", 1); err != nil {
		t.Fatal(err)
	}
	v.want(v.get(pathWeather), `name="stale" value="1"`)
	v.want(v.post(pathWeather+"/chaos", "stop", "yes"), "It is whole.")
}

func TestTheBrakeIsSeenAndCanBeTakenOffOnce(t *testing.T) {
	l, v, _ := followed(t, Options{})
	done, err := l.Edit("removed all users", func(d *directory.Directory) error {
		for _, u := range slices.Clone(d.Users) {
			if err := d.RemoveUser(u.Key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	<-done
	v.want(v.get(pathWeather), "The brake has stopped the cycle.", "1 of 1 users", "Allow it for one cycle")
	page := v.post(pathWeather+"/sync", "kind", "allow")
	v.want(page, "users: 1 deactivated")
	if strings.Contains(page, "The brake has stopped") {
		t.Error("the brake is still on")
	}
}

func TestDeadLettersAreSeenAndSentAgain(t *testing.T) {
	l, v, _ := followed(t, Options{})
	if err := l.Spoil(refusing(http.StatusBadRequest, func(r *http.Request) bool { return r.Method == http.MethodPost })); err != nil {
		t.Fatal(err)
	}
	adding(t, l, "ada@example.com")
	v.want(v.get(pathWeather), "Dead letters", "ada@example.com", "400")
	if err := l.Spoil(nil); err != nil {
		t.Fatal(err)
	}
	page := v.post(pathWeather+"/sync", "kind", "redeliver")
	v.want(page, "users: 1 created")
	if strings.Contains(page, "Dead letters") {
		t.Error("they are still there")
	}
}

func TestTheQuarantineIsSeenAndEndsByHand(t *testing.T) {
	l, v, _ := followed(t, Options{})
	if err := l.Spoil(refusing(http.StatusForbidden, func(*http.Request) bool { return true })); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ada@example.com", "bob@example.com", "eve@example.com"} {
		adding(t, l, name)
	}
	v.want(v.get(pathWeather), "<strong>Quarantine", "403", "Try now")
	if err := l.Spoil(nil); err != nil {
		t.Fatal(err)
	}
	v.want(v.post(pathWeather+"/sync"), "This did not work.", "provisioning is paused until", "<strong>Quarantine")
	page := v.post(pathWeather+"/sync", "kind", "redeliver")
	v.want(page, "users: 3 created")
	if strings.Contains(page, "<strong>Quarantine") {
		t.Error("it is not over")
	}
}

func TestCyclesArePausedAndADryRunSendsNothing(t *testing.T) {
	l, v, _ := followed(t, Options{})
	v.want(v.post(pathWeather+"/pause", "paused", "yes"), "Paused</strong> by you", "Go on")
	adding(t, l, "ada@example.com")
	before := l.wire.last()
	v.want(v.get(pathDryRun), "Nothing was sent.", "POST", "ada@example.com")
	v.want(v.post(pathOne, "user", "ada@example.com"), "scope", "match", "action", "result", "provision ada@example.com")
	if l.wire.last() == before {
		t.Error("nothing was sent for one user")
	}
	v.want(v.post(pathOne, "user", "nobody"), "This did not work.", "there is no user")
	v.want(v.post(pathWeather+"/pause", "paused", ""), "Cycles run again")
	v.want(v.post(pathWeather+"/sync"), "Sync now: ")
}

func TestWithoutAnApplicationTheButtonsSayWhatIsMissing(t *testing.T) {
	_, server := newLab(t, Options{})
	v := visitorAt(t, server.URL)
	v.want(v.get(pathWeather), "Provisioning is disabled")
	v.want(v.post(pathWeather+"/sync"), "This did not work.", "there is no application yet")
	v.want(v.get(pathDryRun), "there is no application yet")
	v.want(v.post(pathOne, "user", "x"), "there is no application yet")
}
