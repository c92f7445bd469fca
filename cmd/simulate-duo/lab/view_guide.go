package lab

import "net/http"

// viewGuide is the first page: the guide, step by step, and what has been done.
var viewGuide = view{
	path: "/{$}", template: "guide", title: "The guide, step by step", part: partLab, label: "Guide", live: true,
	show: func(*Lab, *http.Request) (any, error) { return nil, nil },
}

// viewNothing is shown where there is no page.
var viewNothing = view{
	template: "problem", title: "There is no such page",
	show: func(_ *Lab, r *http.Request) (any, error) { return nil, notFound("the lab has no page " + r.URL.Path) },
}
