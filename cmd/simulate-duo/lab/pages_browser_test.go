package lab

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/simulate-duo/simulate-duo/simulators/directory"
	"github.com/simulate-duo/simulate-duo/simulators/duo"
)

// pagesOf are the addresses of all pages of a lab in which the guide was followed.
func pagesOf(l *Lab) []string {
	entries, _ := l.log(nil, 0)
	one := map[string]string{
		"{user}": "DUJOSUE0000000000001", "{group}": "DGUSERS0000000000001", "{seq}": strconv.Itoa(l.wire.last()),
		"{entry}": entries.Entries()[0].ID, "/{$}": "/",
	}
	var all []string
	for _, v := range views {
		path := v.path
		for wildcard, value := range one {
			path = strings.ReplaceAll(path, wildcard, value)
		}
		if path == pathIntegrate+"/token" {
			path += "?directory=DUO+Integration"
		}
		all = append(all, path)
	}
	return append(all, pathPeople+"?tab=groups", pathPeople+"?tab=devices")
}

func TestPagesInABrowser(t *testing.T) {
	chromium := browser(t)
	l, v, _ := followed(t, Options{})

	t.Run("on a phone nothing is wider than the screen", func(t *testing.T) {
		p := open(chromium, t, v.origin, "/")
		p.do(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile))
		for _, path := range pagesOf(l) {
			p.do(chromedp.Navigate(v.origin + path))
			p.text(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`)
			if wide := p.text(`[...document.querySelectorAll("body *")].filter((e) => !e.closest(".scroll *, .skip, option") && e.getBoundingClientRect().right > 360.5).map((e) => e.tagName + "." + e.className).join(" ")`); wide != "" {
				t.Errorf("%s: too wide for a phone: %s", path, wide)
			}
		}
	})

	t.Run("each page has one h1, and no heading skips a level", func(t *testing.T) {
		p := open(chromium, t, v.origin, "/")
		for _, path := range pagesOf(l) {
			p.do(chromedp.Navigate(v.origin + path))
			levels := p.text(`[...document.querySelectorAll("h1, h2, h3, h4")].map((h) => h.tagName[1]).join("")`)
			if !strings.HasPrefix(levels, "1") || strings.Count(levels, "1") != 1 || strings.Contains(levels, "13") || strings.Contains(levels, "14") || strings.Contains(levels, "24") {
				t.Errorf("%s: headings %s", path, levels)
			}
		}
	})

	t.Run("what happens is shown without a click", func(t *testing.T) {
		wire, log, users := open(chromium, t, v.origin, pathWire), open(chromium, t, v.origin, pathActivity), open(chromium, t, v.origin, pathPeople)
		if _, err := l.Edit("added Ada", func(d *directory.Directory) error {
			if err := d.AddUser(directory.User{Username: "ada@example.com"}); err != nil {
				return err
			}
			return d.AddMember("DUO - Users", "ada@example.com")
		}); err != nil {
			t.Fatal(err)
		}
		wire.wait(`[...document.querySelectorAll("#wire tr")].some((r) => r.innerText.includes("POST") && r.innerText.includes("ada@example.com") && r.innerText.includes("added Ada"))`)
		log.wait(`document.querySelector("#log").innerText.includes("ada@example.com")`)
		users.wait(`document.querySelector("#people").innerText.includes("ada@example.com")`)
	})

	t.Run("the keys of the wire view", func(t *testing.T) {
		p := open(chromium, t, v.origin, pathWire)
		first, second := p.text(`document.querySelectorAll("#wire tr[data-seq]")[0].dataset.seq`), p.text(`document.querySelectorAll("#wire tr[data-seq]")[1].dataset.seq`)
		p.do(chromedp.KeyEvent("j"))
		p.wait(`document.activeElement.innerText === "` + first + `"`)
		p.do(chromedp.KeyEvent("j"))
		p.wait(`document.activeElement.innerText === "` + second + `"`)
		p.do(chromedp.KeyEvent("k"))
		p.wait(`document.activeElement.innerText === "` + first + `"`)
		p.do(chromedp.KeyEvent("p"))
		p.wait(`document.querySelector("[data-pause]").getAttribute("aria-pressed") === "true"`)
		if _, err := l.Sync("a test", duo.Cycle{Full: true}); err != nil {
			t.Fatal(err)
		}
		before := p.text(`document.querySelector("#wire tr[data-seq]").dataset.seq`)
		p.do(chromedp.KeyEvent("p"))
		p.wait(`document.querySelector("#wire tr[data-seq]").dataset.seq !== "` + before + `"`)
		p.do(chromedp.KeyEvent("/"))
		p.wait(`document.activeElement.name === "q"`)
		p.do(chromedp.KeyEvent("jp"))
		if got := p.text(`document.activeElement.value`); !strings.HasSuffix(got, "jp") { // the browser's own protocol types the slash, too
			t.Errorf("%q was typed", got)
		}
		p.text(`document.activeElement.blur()`)
		p.do(chromedp.KeyEvent("j"))
		p.load(chromedp.KeyEvent(kb.Enter))
		p.wait(`document.querySelector("h1").innerText === "Request and answer"`)
	})

	t.Run("a flood of requests is said to be one, and freezes nothing", func(t *testing.T) {
		p := open(chromium, t, v.origin, pathWire)
		p.wait(`performance.getEntriesByType("resource").some((r) => r.name.endsWith("/lab.css"))`)
		for range 5000 {
			l.events.publish(eventExchange, exchangeLine{Method: "GET", Path: "/Users"})
		}
		p.wait(`!document.getElementById("left-out").hidden && document.getElementById("left-out").innerText.includes("left out here")`)
	})

	t.Run("what was typed as token can be shown, and Select all selects all", func(t *testing.T) {
		p := open(chromium, t, v.origin, pathProvisioning)
		p.do(chromedp.SendKeys("#token", canary))
		p.click("Show", "")
		p.wait(`document.getElementById("token").type === "text"`)
		p.click("Hide", "")
		p.wait(`document.getElementById("token").type === "password"`)
		p.click("Edit mappings", "")
		p.click("Select all", "")
		p.wait(`document.querySelector("[data-count]").innerText === "Selected (8 items)"`)
	})
}
