package report

import (
	"net/http"
	"slices"
	"testing"

	"github.com/simulate-duo/simulate-duo/features"
	"github.com/simulate-duo/simulate-duo/simulators/scim/wire"
)

const somewhere = "http://127.0.0.1/scim"

func sent(method, path, body string, status int) *wire.Exchange {
	x := &wire.Exchange{Method: method, URL: somewhere + path, RequestHeader: http.Header{"Accept": {"application/scim+json"}}, Status: status}
	if body != "" {
		x.RequestHeader.Set("Content-Type", "application/scim+json")
		x.RequestBody = []byte(body)
	}
	return x
}

func failing(message, want, got string, exchanges ...*wire.Exchange) Example {
	return Example{Name: "e", Profile: DefaultProfile, Verdict: Failed, Message: message, Want: want, Got: got, Exchanges: exchanges}
}

func TestAFindingSaysWhatComesOfIt(t *testing.T) {
	filter := sent("GET", "/Users?filter=userName%20eq%20%22ann%22&count=1", "", 400)
	filter.URL = somewhere + "/Users?filter=userName%20eq%20%22ann%22"
	odd := sent("GET", "/Users?filter=title%20sw%20%22a%22", "", 400)
	for name, c := range map[string]struct {
		q    Requirement
		e    Example
		want string
	}{
		"a requirement of Duo's":                                           {Requirement{ID: "CSA-SYNC-01"}, failing("no id", "", ""), "breaks Duo"},
		"one of Okta's":                                                    {Requirement{ID: "OKTA-USER-04"}, failing("no id", "", ""), "breaks Okta"},
		"a filter that Duo sends is refused":                               {Requirement{ID: "RFC7644-3.4.2.2-01"}, failing("the answer to GET /Users", "200", "400 (no)", filter), "breaks Duo"},
		"a filter that no client sends is refused":                         {Requirement{ID: "RFC7644-3.4.2.2-07"}, failing("the answer to GET /Users", "200", "400 (no)", odd), "form"},
		"a deletion that is asked for does nothing":                        {Requirement{ID: "RFC7644-3.6-01"}, failing("the answer to DELETE /Users/7", "204", "500 (no)", sent("DELETE", "/Users/7", "", 500)), "breaks Duo"},
		"what has to be refused is taken":                                  {Requirement{ID: "RFC7644-3.3-06"}, failing("the answer to GET /Users", "400", "200", filter), "form"},
		"an answer that nobody prefers is refused":                         {Requirement{ID: "RFC9967-2.5.1.1-01"}, failing("the answer to DELETE /Users/7", "204", "500 (no)", sent("DELETE", "/Users/7", "", 500)), "form"},
		"a Rule about security of a server that dies instead of a refusal": {Requirement{ID: "RFC7644-2-01", Risk: riskSecurity}, failing("the answer to GET /Users", "401", "500"), "form"},
		"a Rule that is tagged as one about security":                      {Requirement{ID: "RFC7644-2-01", Risk: riskSecurity}, failing("served", "401", "200"), "security"},
		"a Rule that is tagged as one about data":                          {Requirement{ID: "RFC7644-3.6-08", Risk: riskData}, failing("gone", "", ""), "loses or shows data"},
	} {
		q := c.q
		q.Verdict, q.Examples = Failed, []Example{c.e}
		r := &Report{Requirements: []Requirement{q}}
		if got := Findings(r)[0].Consequence.Text; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestWhatBreaksAClientStandsAboveFormWhateverTheLevel(t *testing.T) {
	r := &Report{Requirements: []Requirement{
		{ID: "RFC7643-4.1.1-05", Level: "MUST", Verdict: Failed, Examples: []Example{failing("the answer to POST /Users", "409", "201")}},
		{ID: "CSA-DEPROV-01", Level: "DOCUMENTED", Verdict: Failed, Examples: []Example{failing("active of A as it is read now", "false", "true")}},
	}}
	if first := Findings(r)[0].First().ID; first != "CSA-DEPROV-01" {
		t.Errorf("%s is told first", first)
	}
}

// readyForEverybody is a requirement of each identity provider, met.
func readyForEverybody() []Requirement {
	var met []Requirement
	for _, c := range features.Clients() {
		if !c.Standard {
			met = append(met, Requirement{ID: c.Families[0].Prefix + "-USER-01", Verdict: Passed})
		}
	}
	return met
}

// One cannot tell which to believe if "Duo-ready: yes" stands above what may break Duo.
func TestNoConsequenceContradictsTheReadiness(t *testing.T) {
	filter := sent("GET", "/Users", "", 400)
	filter.URL = somewhere + "/Users?filter=userName%20eq%20%22ann%22"
	put := sent("PUT", "/Users/7", `{"userName":"ann"}`, 500)
	list := sent("GET", "/Users", "", 200)
	rule := Requirement{ID: "RFC7644-3.4.2-01"}
	for name, c := range map[string]struct {
		q    Requirement
		e    Example
		want string
	}{
		"an answer to a request of Duo's has another form":  {rule, failing("itemsPerPage in the answer to GET /Users", "1", "none", list), "form, in an answer to Duo"},
		"what an alternative sends is refused":              {rule, failing("the answer to PUT /Users/7", "200", "500 (no)", put), "breaks Duo if it sends PUT /Users/*"},
		"what Duo sends is refused with other values":       {rule, failing("the answer to GET /Users", "200", "400 (no)", filter), "breaks Duo if it sends such values"},
		"a requirement of Duo's fails under an alternative": {Requirement{ID: "CSA-SYNC-01"}, Example{Name: "e", Profile: "user-update=put", Verdict: Warned, Message: "no id"}, "breaks Duo if its profile has user-update=put"},
		"a requirement of Duo's that is not strict":         {Requirement{ID: "CSA-SYNC-01"}, Example{Name: "e", Profile: DefaultProfile, Verdict: Warned, Message: "no id"}, "a warning for Duo"},
	} {
		c.q.Verdict, c.q.Examples = c.e.Verdict, []Example{c.e}
		r := &Report{Requirements: append(readyForEverybody(), c.q)}
		if got := Findings(r)[0].Consequence.Text; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Of a client that was judged its own requirements tell whether it breaks.
func TestNoClientIsSaidToBreakThatIsNotSeenTo(t *testing.T) {
	filter := sent("GET", "/Users", "", 400)
	filter.URL = somewhere + "/Users?filter=userName%20eq%20%22ann%22"
	refused := failing("the answer to GET /Users", "200", "400 (no)", filter)
	blocked := Example{Name: "e", Profile: DefaultProfile, Verdict: Blocked, Message: "no user could be made"}
	warned := Example{Name: "e", Profile: DefaultProfile, Verdict: Warned, Message: "no id"}
	tooSoon := failing("25 look-ups per second", "200 for each", "429 for number 594", filter)
	elsewhere := Requirement{ID: "CSA-DEPROV-01", Verdict: Failed, Examples: []Example{failing("active of A", "false", "true")}}
	for name, c := range map[string]struct {
		before []Requirement
		q      Requirement
		e      Example
		want   string
	}{
		"Duo fails by something else; Entra sends it":     {[]Requirement{elsewhere}, Requirement{ID: "RFC7644-3.4.2.2-01"}, refused, "breaks Entra"},
		"a requirement of Duo's is blocked":               {nil, Requirement{ID: "CSA-SYNC-02"}, blocked, "may break Duo"},
		"one is blocked, and Duo fails by something else": {[]Requirement{elsewhere}, Requirement{ID: "CSA-SYNC-02"}, blocked, "may break Duo"},
		"one warns, and Duo fails by something else":      {[]Requirement{elsewhere}, Requirement{ID: "CSA-SYNC-02"}, warned, "a warning for Duo"},
		"a gate's is blocked":                             {nil, Requirement{ID: "GALLERY-USER-01", Title: "Create_User_Test: a user"}, blocked, "may keep out of Entra gallery"},
		"a gate's look-ups come too fast":                 {nil, Requirement{ID: "GALLERY-LOAD-01", Title: "Many requests are answered"}, tooSoon, "keeps out of Entra gallery"},
		"a gate's warns":                                  {nil, Requirement{ID: "GALLERY-USER-04", Title: "Delete_User_Test: a user"}, warned, "a warning for Entra gallery"},
	} {
		c.q.Verdict, c.q.Examples = c.e.Verdict, []Example{c.e}
		r := &Report{Requirements: append(c.before, c.q)}
		for _, f := range Findings(r) {
			if got := f.Consequence.Text; f.First().ID == c.q.ID && got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
	}
}

func TestAFindingTellsTheWorstOfItsExamples(t *testing.T) {
	form := failing("itemsPerPage in the answer to GET /Users", "a number", "none", sent("GET", "/Users", "", 200))
	lost := failing("the answer to PUT /Users/7", "200", "no answer", sent("PUT", "/Users/7", `{"userName":"ann"}`, 0))
	r := &Report{Requirements: append(readyForEverybody(), Requirement{ID: "RFC7644-3.4.2-01", Verdict: Failed, Examples: []Example{form, lost}})}
	found := Findings(r)
	if len(found) != 1 || found[0].Consequence.Text != "breaks Duo if it sends PUT /Users/*" || found[0].Message != lost.Message {
		t.Errorf("%d findings, the first is %+v", len(found), found[0])
	}
}

func TestWhatAClientSendsStandsAboveNonsenseThatIsTaken(t *testing.T) {
	change := sent("PATCH", "/Users/7", `{"Operations":[{"op":"replace","path":"active","value":false}]}`, 200)
	nothing := failing("active of A as it is read now", "false", "true", change, sent("GET", "/Users/7", "", 200))
	creation := sent("POST", "/Users", `{"userName":"ann"}`, 200)
	blocked := Example{Name: "e", Profile: DefaultProfile, Verdict: Blocked, Message: "no user could be made; see CSA-SYNC-01", Exchanges: []*wire.Exchange{creation}}
	r := &Report{Requirements: []Requirement{
		{ID: "CSA-MAP-05", Verdict: Failed, Examples: []Example{failing("the answer to POST /Users", "a status from 400 to 499", "201", creation)}},
		{ID: "CSA-MAP-06", Verdict: Failed, Examples: []Example{nothing}},
		{ID: "CSA-SYNC-01", Verdict: Failed, Examples: []Example{failing("the answer to POST /Users", "201", "200", creation)}},
		{ID: "CSA-SYNC-02", Verdict: Blocked, Examples: []Example{blocked}},
		{ID: "CSA-SYNC-03", Verdict: Blocked, Examples: []Example{blocked}},
	}}
	var got []string
	for _, f := range Findings(r) {
		got = append(got, f.First().ID)
	}
	if want := []string{"CSA-SYNC-01", "CSA-MAP-06", "CSA-MAP-05"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestWhatIsBlockedHangsBelowWhatBlocksIt(t *testing.T) {
	r := &Report{Requirements: []Requirement{
		{ID: "RFC7643-7-01", Level: "MUST", Verdict: Blocked, Examples: []Example{{Name: "e", Profile: DefaultProfile, Verdict: Blocked, Message: "GET /Schemas: want 200, got 404 (nothing here)"}}},
		{ID: "RFC7643-7-02", Level: "MUST", Verdict: Blocked, Examples: []Example{{Name: "e", Profile: DefaultProfile, Verdict: Blocked, Message: "GET /Schemas: want 200, got 404 (nothing here)"}}},
	}}
	found := Findings(r)
	if len(found) != 1 || found[0].Verdict != Blocked || found[0].BlocksWords() != "mend this, and 2 more requirements can be judged: RFC7643-7-01, RFC7643-7-02" {
		t.Fatalf("%d findings, %s", len(found), found[0].BlocksWords())
	}
	r.Requirements = append(r.Requirements, Requirement{ID: "RFC7644-4-02", Level: "MUST", Verdict: Failed, Examples: []Example{failing("the answer to GET /Schemas", "200", "404 (nothing here)")}})
	found = Findings(r)
	if len(found) != 1 || found[0].Verdict != Failed || len(found[0].Blocks) != 2 || found[0].First().ID != "RFC7644-4-02" {
		t.Errorf("%d findings, the first is told by %s", len(found), found[0].First().ID)
	}
}

func TestWhatIsBlockedHangsBelowTheRequirementThatItNames(t *testing.T) {
	blocked := func(id, message string) Requirement {
		return Requirement{ID: id, Level: "MUST", Verdict: Blocked, Examples: []Example{{Name: "e", Profile: DefaultProfile, Verdict: Blocked, Message: message}}}
	}
	r := &Report{Requirements: []Requirement{
		blocked("RFC7643-3.1-01", "the target tells no id: the answer to POST /Users is 201; see RFC7644-3.3-05"),
		{ID: "RFC7644-3.3-05", Level: "SHALL", Verdict: Failed, Examples: []Example{failing("the header Location of the answer to POST /Users", "the address", "none")}},
		blocked("RFC7644-3.3-09", "the target tells no id: the answer to POST /Groups is 201; see RFC7644-3.3-05"),
	}}
	found := Findings(r)
	if len(found) != 1 || found[0].First().ID != "RFC7644-3.3-05" || len(found[0].Blocks) != 2 {
		t.Fatalf("%d findings, the first is told by %s and blocks %d", len(found), found[0].First().ID, len(found[0].Blocks))
	}
	r.Requirements = slices.Delete(r.Requirements, 1, 2)
	if found = Findings(r); len(found) != 1 || len(found[0].Blocks) != 2 {
		t.Errorf("without the other, %d findings", len(found))
	}
}

func TestWhatIsBlockedSaysNothingAboutSecurity(t *testing.T) {
	r := &Report{Requirements: []Requirement{{ID: "RFC7644-2-01", Level: "MUST", Risk: riskSecurity, Verdict: Blocked,
		Examples: []Example{{Name: "e", Profile: DefaultProfile, Verdict: Blocked, Message: "a user: want 201, got 500"}}}}}
	if got := Findings(r)[0].Consequence.Text; got != "form" {
		t.Errorf("the consequence is %s", got)
	}
}

// A request without credentials that is refused for what it sends gives nothing away, and has
// nothing to do with another request that is refused alike.
func TestARefusalByAnotherStatusIsNoLeak(t *testing.T) {
	const got = "400 (invalidValue userName is missing)"
	r := &Report{Requirements: []Requirement{
		{ID: "RFC7644-2-01", Level: "SHALL", Risk: riskSecurity, Verdict: Failed, Examples: []Example{failing("the answer to POST /Users", "401", got)}},
		{ID: "RFC7643-2.1-03", Level: "MUST", Verdict: Failed, Examples: []Example{failing("the answer to POST /Users", "a success", got)}},
	}}
	found := Findings(r)
	if len(found) != 2 {
		t.Fatalf("%d findings, want one of each", len(found))
	}
	for _, f := range found {
		if f.Consequence.Text == "security" {
			t.Errorf("%s is about security", f.First().ID)
		}
	}
	r.Requirements[0].Examples[0].Got = "200"
	if first := Findings(r)[0]; first.Consequence.Text != "security" {
		t.Errorf("who is served without credentials: %s", first.Consequence.Text)
	}
}

func TestTheRequestThatDecidesIsNoTidyingUp(t *testing.T) {
	e := failing("A as it is read now, title", `"x"`, "none", sent("POST", "/Users", "{}", 201), sent("GET", "/Users/7", "", 200), sent("DELETE", "/Users/7", "", 204))
	e.Decided = 2
	if x := Deciding(e); x.Method != "GET" {
		t.Errorf("%s decides", x.Method)
	}
	if all := UntilDecided(e); len(all) != 2 {
		t.Errorf("%d exchanges lead to it", len(all))
	}
	e.Decided = 0
	if x := Deciding(e); x.Method != "DELETE" {
		t.Errorf("%s decides where nothing else is said", x.Method)
	}
}

// The requests of a judged client are its own: what is wrong with them breaks no other client,
// and what they are answered excuses nothing.
func TestNoClientBreaksByWhatAnotherSends(t *testing.T) {
	again := failing("POST /Users", "no creation of what was created already", `a second creation of "ann"`, sent("POST", "/Users", `{"userName":"ann"}`, 0))
	elsewhere := failing("GET /Users at the other host", "no token", "the token", sent("GET", "/Users", "", 307))
	for _, c := range []struct {
		e          Example
		risk, want string
	}{
		{again, riskData, "loses or shows data"}, {elsewhere, riskSecurity, "security"}, {again, "", "form"}, {elsewhere, "", "form"},
	} {
		q := Requirement{ID: "CLIENT-CREATE-03", Risk: c.risk, Verdict: Failed, Examples: []Example{c.e}}
		r := &Report{Target: Target{Client: true}, Requirements: []Requirement{q}}
		if got := Findings(r)[0].Consequence.Text; got != c.want {
			t.Errorf("%s, tagged %q: %s, want %s", c.e.Message, c.risk, got, c.want)
		}
	}
}

// What is found by a request that a client sends, and is about what no client asks for, is at
// stake for nobody.
func TestNobodyAsksForEvents(t *testing.T) {
	deletion := Example{Verdict: Passed, Exchanges: []*wire.Exchange{sent("DELETE", "/Users/7", "", 204)}}
	s := StakesOf(&Requirement{ID: "RFC9967-2.4.4-01", Level: "IMPLIED", Examples: []Example{deletion}})
	if len(s.Breaks)+len(s.MayBreak)+len(s.Warns) > 0 {
		t.Errorf("got %+v", s)
	}
	if s := StakesOf(&Requirement{ID: "RFC7644-3.6-01", Level: "MUST", Examples: []Example{deletion}}); len(s.Breaks) == 0 {
		t.Error("a deletion is at stake for nobody")
	}
}
