package safety

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

func TestNewMarker(t *testing.T) {
	m, err := NewMarker(bytes.NewReader([]byte{0xff, 0xfa, 0x9c, 0x2e}), time.Unix((7*markerHours+0x1f3)*3600, 0))
	if err != nil || m != "sduo-1f3a9c2e" {
		t.Errorf("got %q, %v", m, err)
	}
	if s := m.Scenario(17); s != "sduo-1f3a9c2e-17" || !m.In([]byte(s)) {
		t.Errorf("the marker of a scenario is %q", s)
	}
	if _, err := NewMarker(iotest.ErrReader(errors.New("no entropy")), time.Now()); err == nil {
		t.Error("a marker was made without random bytes")
	}
}

func TestMarkerTellsWhetherItsRunMayBeAlive(t *testing.T) {
	const began = 0x1f3
	for _, test := range []struct {
		name  string
		hours int
		want  bool
	}{
		{"in its first hour", 0, true},
		{"by a clock that is behind", -2, true},
		{"just before it has to end", 12, true},
		{"by a clock that is ahead", 15, true},
		{"a day later", 24, false},
		{"ten weeks later", 1680, false},
		{"long before it began", -24, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			now := time.Unix(int64(3*markerHours+began+test.hours)*3600, 0)
			if got := Marker("sduo-1f3a9c2e").MayBeAlive(now); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestParseMarker(t *testing.T) {
	if m, err := ParseMarker("SDUO-1F3A9C2E"); err != nil || m != "sduo-1f3a9c2e" {
		t.Errorf("got %q, %v", m, err)
	}
	for _, text := range []string{"", "sduo-1f3a", "sduo-1f3a9c2e-17", "ann"} {
		if _, err := ParseMarker(text); err == nil || !strings.Contains(err.Error(), "sduo-1f3a9c2e") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestMarkerIn(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"alone", "sduo-0a1b2c3d", true},
		{"in a name that goes on with letters that are digits too", `{"userName":"sduo-0a1b2c3dbeef"}`, true},
		{"in capital letters", "SDUO-0A1B2C3D-ALICE", true},
		{"in an address", "sduo-0a1b2c3d-7-alice@example.com", true},
		{"behind the marker of another run", "sduo-99999999 sduo-0a1b2c3d", true},
		{"cut short", "sduo-0a1b2c3", false},
		{"of another run", "sduo-99999999", false},
		{"absent", "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := testMarker.In([]byte(test.text)); got != test.want {
				t.Errorf("in %q: %v", test.text, got)
			}
		})
	}
}

func TestMarkersOnAResource(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"its user name", `{"userName":"SDUO-0A1B2C3D-alice"}`, "sduo-0a1b2c3d"},
		{"its display name", `{"displayName":"Sales sduo-0a1b2c3d"}`, "sduo-0a1b2c3d"},
		{"its external id", `{"externalId":"sduo-0a1b2c3d/1"}`, "sduo-0a1b2c3d"},
		{"its family name", `{"name":{"familyName":"sduo-0a1b2c3d"}}`, "sduo-0a1b2c3d"},
		{"its address", `{"emails":[{"value":"sduo-0a1b2c3d@example.com"}]}`, "sduo-0a1b2c3d"},
		{"both of two runs", `{"userName":"sduo-0a1b2c3d","externalId":"sduo-99999999"}`, "sduo-0a1b2c3d sduo-99999999"},
		{"none: a member is somebody else", `{"displayName":"Staff","members":[{"display":"sduo-0a1b2c3d"}]}`, ""},
		{"none: a group is somebody else's", `{"userName":"ann","groups":[{"display":"sduo-0a1b2c3d"}]}`, ""},
		{"none: a manager is somebody else", `{"userName":"ann","manager":{"displayName":"sduo-0a1b2c3d"}}`, ""},
		{"a value of a wrong type", `{"userName":1,"name":[],"emails":[null,"sduo-0a1b2c3d",{"value":{}}]}`, "sduo-0a1b2c3d"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o, err := scim.ParseObject([]byte(test.body))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range markersOn(o) {
				got = append(got, string(m))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %v, want %q", got, test.want)
			}
		})
	}
}
