package duo

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gkampitakis/go-snaps/snaps"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
)

// central is the zone of the guide's screenshot, with its abbreviation.
var central = time.FixedZone("CST", -6*60*60)

func guideLog(t *testing.T) *Log {
	t.Helper()
	r := newRig(t, people("josue"))
	r.enable()
	return r.Log()
}

func TestTheLogPage(t *testing.T) {
	v := guideLog(t).View(central)
	var page strings.Builder
	page.WriteString(strings.Join(v.Header, " | ") + "\n")
	for _, r := range v.Rows {
		page.WriteString(strings.Join([]string{r.Timestamp, r.Action, r.Actor + " / " + string(r.ActorType),
			r.Affected + " / " + string(r.AffectedType), r.Application, r.AccessDevice, r.Details}, " | ") + "\n")
	}
	snaps.MatchSnapshot(t, page.String())
	if header := (&Log{}).View(time.UTC).Header[0]; header != "Timestamp (UTC)" {
		t.Errorf("an empty log has the header %q", header)
	}
}

func TestTheLogIsFilteredSearchedAndCut(t *testing.T) {
	log := guideLog(t)
	log.Add(Entry{Time: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Action: ProvisioningEnabled, Application: Party{Name: "Cisco Webex"}})
	app := "Cisco Secure Access - Single Sign-On"
	for name, c := range map[string]struct {
		log  *Log
		want int
	}{
		"all":                        {log, 6},
		"one application":            {log.Filter(app), 5},
		"the other application":      {log.Filter("Cisco Webex"), 1},
		"part of a name is no name":  {log.Filter("Cisco"), 0},
		"an administrator":           {log.Search("JOSUE brenes"), 2},
		"the connector":              {log.Search("automated provisioning"), 3},
		"a group":                    {log.Search("duo - users"), 2},
		"an application, searched":   {log.Search("webex"), 1},
		"details are not searched":   {log.Search("create"), 0},
		"one after the other":        {log.Filter(app).Search("josue@example.com"), 1},
		"since a time":               {log.Between(time.Date(2026, 3, 18, 0, 0, 0, 0, time.UTC), time.Time{}), 5},
		"up to a time":               {log.Between(time.Time{}, time.Date(2026, 3, 18, 0, 0, 0, 0, time.UTC)), 1},
		"the end is not included":    {log.Between(time.Time{}, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)), 0},
		"the beginning is included":  {log.Between(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)), 1},
		"nobody":                     {log.Search("nobody at all"), 0},
		"an empty search finds all":  {log.Search(""), 6},
		"a filter leaves the source": {log, 6},
	} {
		if got := len(c.log.Entries()); got != c.want || c.log.Len() != c.want {
			t.Errorf("%s: %d entries, want %d", name, got, c.want)
		}
	}
	if first := log.Entries()[0]; first.Details.String("operation") != "members" {
		t.Errorf("the newest is not first: %+v", first)
	}
}

func TestOnlyTheLabelsOfScreenshotsAreNotAssumed(t *testing.T) {
	var seen []string
	texts := map[string]bool{}
	for _, l := range Labels {
		if !l.Assumed {
			seen = append(seen, l.Text)
		}
		if texts[l.Text] {
			t.Errorf("%q is there twice", l.Text)
		}
		texts[l.Text] = true
	}
	equal(t, "labels", seen, []string{"Enabled provisioning", "Provisioning successfully connected", "User provisioning succeeded", "Group provisioning succeeded"})
}

func TestExportAsCSV(t *testing.T) {
	log := guideLog(t)
	log.Add(Entry{Time: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), Action: UserProvisioned,
		Affected: Party{Name: `=HYPERLINK("http://example.com")`}, Actor: Party{Name: "@admin, \"the\""}, Application: Party{Name: "-1"}})
	var out bytes.Buffer
	if err := log.WriteCSV(&out, central); err != nil {
		t.Fatal(err)
	}
	snaps.MatchSnapshot(t, out.String())
	records, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(records) != 7 {
		t.Fatalf("%d records, error %v", len(records), err)
	}
	for _, record := range records {
		for _, cell := range record {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
}

func TestExportAsJSONHasTheShapeOfTheAdminAPI(t *testing.T) {
	var out bytes.Buffer
	if err := guideLog(t).WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, out.Bytes(), "", "  "); err != nil {
		t.Fatal(err)
	}
	snaps.MatchSnapshot(t, pretty.String())
	envelope, err := scim.ParseObject(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	items := envelope.Object("response").Array("items")
	if envelope.String("stat") != "OK" || len(items) != 5 {
		t.Fatalf("stat %q, %d items", envelope.String("stat"), len(items))
	}
	ts := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$`)
	for _, v := range items {
		item := v.(*scim.Object)
		if !ts.MatchString(item.String("ts")) || item.Object("outcome").String("result") != "SUCCESS" || item.String("activity_id") == "" {
			t.Errorf("%s", jsonText(item))
		}
		if details, _ := item.Object("action").Get("details"); details != nil && !json.Valid([]byte(details.(string))) {
			t.Errorf("details are no JSON in a string: %v", details)
		}
	}
}

func TestKeysHaveDuosForm(t *testing.T) {
	form := regexp.MustCompile(`^D[AEI][A-Z0-9]{18}$`)
	for _, k := range []string{accountKey, key("DE", "Josue Brenes"), key("DI", "Cisco Secure Access")} {
		if !form.MatchString(k) {
			t.Error(k)
		}
	}
}

func TestEveryEntryIsHandedOutAsItIsWritten(t *testing.T) {
	r := newRig(t, people("josue"))
	var seen []string
	r.opt.OnEntry = func(e Entry) { seen = append([]string{e.ID}, seen...) }
	r.enable()
	var ids []string
	for _, e := range r.Log().Entries() {
		ids = append(ids, e.ID)
	}
	equal(t, "entries", seen, ids)
}

func TestDetailsTellWhatWasDoneToWhat(t *testing.T) {
	r := newRig(t, people("josue", "aiko"))
	r.stub.have(t, usersEndpoint, `{"userName": "josue@example.com", "active": false}`)
	r.enable()
	r.must(r.dir.RemoveMember(users, aiko))
	r.must(r.dir.RenameGroup(users, "DUO - People"))
	r.sync()
	var details strings.Builder
	for _, e := range r.Log().Entries() {
		details.WriteString(e.Label().Text + " " + e.Affected.Name + " " + jsonText(e.Details) + "\n")
	}
	snaps.MatchSnapshot(t, details.String())
}
