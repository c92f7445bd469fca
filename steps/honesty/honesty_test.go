package honesty

import (
	"strings"
	"testing"

	"github.com/simulate-duo/simulate-duo/simulators/scim"
	"github.com/simulate-duo/simulate-duo/steps/judge"
)

func TestASampleIsKeptInEveryFormThatAServerMayGiveIt(t *testing.T) {
	text := &scim.Attribute{Name: "a", Type: scim.String}
	exact := &scim.Attribute{Name: "a", Type: scim.String, CaseExact: true}
	moment := &scim.Attribute{Name: "a", Type: scim.DateTime}
	binary := &scim.Attribute{Name: "a", Type: scim.Binary}
	person := &scim.Attribute{Name: "name", Type: scim.Complex, SubAttributes: []*scim.Attribute{{Name: "givenName", Type: scim.String}, {Name: "formatted"}}}
	manager := &scim.Attribute{Name: "a", Type: scim.Reference, CaseExact: true, ReferenceTypes: []string{"User"}}
	for name, test := range map[string]struct {
		attribute   *scim.Attribute
		sent, shown string
		kept        bool
	}{
		"the same text":                         {text, `"Lead"`, `"Lead"`, true},
		"another case":                          {text, `"Lead"`, `"LEAD"`, true},
		"another case where case matters":       {exact, `"Lead"`, `"LEAD"`, false},
		"without the blanks around":             {text, `"Team Lead"`, `" Team  Lead "`, true},
		"cut":                                   {text, `"Lead"`, `"Lea"`, false},
		"nothing":                               {text, `"Lead"`, `null`, false},
		"a number for a text":                   {text, `"7"`, `7`, false},
		"a telephone number with other marks":   {text, `"tel:+1-201-555-0123"`, `"+12015550123"`, true},
		"another telephone number":              {text, `"tel:+1-201-555-0123"`, `"+12015550124"`, false},
		"a language tag with an underscore":     {text, `"en-US"`, `"en_US"`, true},
		"the same moment with an offset":        {moment, `"2021-05-06T07:08:09Z"`, `"2021-05-06T09:08:09.000+02:00"`, true},
		"the moment without its zone":           {moment, `"2021-05-06T07:08:09Z"`, `"2021-05-06T09:08:09Z"`, false},
		"the same bytes in the other alphabet":  {binary, `"+/+/"`, `"-_-_"`, true},
		"other bytes":                           {binary, `"AAAA"`, `"AAAB"`, false},
		"a relative reference made absolute":    {manager, `"/Users/7"`, `"https://example.com/scim/Users/7"`, true},
		"a reference to somebody else":          {manager, `"/Users/7"`, `"https://example.com/scim/Users/17"`, false},
		"a complex value with more in it":       {person, `{"givenName":"Josue"}`, `{"formatted":"Josue B","givenName":"Josue"}`, true},
		"a complex value without a made-up one": {person, `{"givenName":"Josue","formatted":"J"}`, `{"givenName":"Josue"}`, true},
		"a complex value that lost a part":      {person, `{"givenName":"Josue"}`, `{"formatted":"Josue"}`, false},
		"a longer list":                         {text, `["a"]`, `["b","A"]`, true},
		"a shorter list":                        {text, `["a","b"]`, `["a"]`, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := sample{attribute: test.attribute, value: parsed(t, test.sent)}
			if p.kept(parsed(t, test.shown)) != test.kept {
				t.Errorf("sent %s, shown %s: kept is %v", test.sent, test.shown, !test.kept)
			}
		})
	}
}

func parsed(t *testing.T, text string) any {
	t.Helper()
	v, err := scim.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEverySampleFitsTheStandardsOwnSchemas(t *testing.T) {
	s := &sampler{mark: "sduo", domain: "example.com", fit: &judge.Fit{Passwords: judge.SamplePasswords}, ids: map[string][]string{"User": {"1"}}}
	for _, kind := range []*scim.ResourceType{scim.UserType(), scim.GroupType()} {
		for turn := range 3 {
			body := scim.NewObject(scim.Member{Name: "schemas", Value: []any{kind.Schema.ID}}, scim.Member{Name: judge.Naming(kind.Endpoint[1:]), Value: "sduo"})
			samples := writableSamples(s.turned(turn), kind)
			for _, p := range samples {
				p.put(body)
			}
			if err := scim.Check(kind, judge.WithSchemas(body)); err != nil {
				t.Errorf("%s, turn %d: %v", kind.Name, turn, err)
			}
			for _, p := range samples {
				if !p.kept(p.in(body)) {
					t.Errorf("%s: %s is not found where it was put", kind.Name, p.path())
				}
			}
		}
	}
}

func TestPlacesAreFoundAlsoWhereTheValueIsMissing(t *testing.T) {
	document, err := scim.ParseObject([]byte(`{"list":[{"name":"a","x":1},{"name":"b"},{"name":"c","inner":[{"x":2}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"list[].x":         "list[a].x=1 list[b].x=null list[c].x=null",
		"list[].inner[].x": "list[c].inner[0].x=2",
		"list[]":           `list[a]={"name":"a","x":1} list[b]={"name":"b"} list[c]={"name":"c","inner":[{"x":2}]}`,
		"none[].x":         "",
		"none":             "none=null",
	} {
		var got []string
		for _, p := range places(place{value: document}, path) {
			got = append(got, p.path+"="+judge.Text(p.value))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", path, strings.Join(got, " "), want)
		}
	}
}
