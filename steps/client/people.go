package client

// Person is somebody whom the tasks are about.
type Person struct{ UserName, GivenName, FamilyName, DisplayName string }

// Domain is that of the user names.
const Domain = "example.com"

// The names of the groups. The second has characters that a URL and a filter have to escape.
const (
	Group        = "Engineers"
	RenamedGroup = "Engineering"
	OddGroup     = `R&D "Lab" 50% + café`
)

// People are whom the sentences name.
var People = map[string]Person{
	"Ada":   {"ada@" + Domain, "Ada", "Lovelace", "Ada Lovelace"},
	"Bob":   {"bob@" + Domain, "Bob", "Kahn", "Bob Kahn"},
	"Carol": {"carol@" + Domain, "Carol", "Shaw", "Carol Shaw"},
	"Dora":  {"dora@" + Domain, "Dora", "Metcalf", "Dora Metcalf"},
	"Eve":   {"eve@" + Domain, "Eve", "Aronoff", "Eve Aronoff"},
	"Gus":   {"gus@" + Domain, "Gus", "Bell", "Gus Bell"},
	"Zoë":   {"zoë.o'neil+lab&co@" + Domain, "Zoë", "O'Neil", `Zoë "Zed" O'Neil`},
	"Fay":   {"fay@" + Domain, "Fay", "Ajzenberg", "Fay Ajzenberg"},
	"Fred":  {"fred@" + Domain, "Fred", "Brooks", "Fred Brooks"},
	"Finn":  {"finn@" + Domain, "Finn", "Ward", "Finn Ward"},
	"Flora": {"flora@" + Domain, "Flora", "Stone", "Flora Stone"},
	"Frank": {"frank@" + Domain, "Frank", "Gray", "Frank Gray"},
}

// Newcomers are those who join the group at once.
var Newcomers = []string{"Fay", "Fred", "Finn", "Flora", "Frank"}
