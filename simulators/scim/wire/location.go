package wire

import (
	"net/url"
	"strings"
)

// IDIn is the id in an address below an endpoint, such as that in the Location of an
// answer to a creation. The endpoint's name may stand in the base URL as well.
func IDIn(address, endpoint string) (id string, ok bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	path := "/" + u.EscapedPath()
	i := strings.LastIndex(path, "/"+endpoint+"/")
	if i < 0 {
		return "", false
	}
	id, err = url.PathUnescape(path[i+len(endpoint)+2:])
	return id, err == nil
}
