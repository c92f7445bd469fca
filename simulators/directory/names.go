package directory

// What a generated directory is made of. Letters outside of ASCII are there on
// purpose: they stand in names, and usernames are without them.
var (
	firstNames = []string{
		"Aiko", "Amara", "Ana", "André", "Anna", "Arjun", "Ayşe", "Béatrice", "Benjamin", "Björn", "Carlos", "Chloë", "Daniel", "Dmitri", "Elena", "Emeka",
		"Emma", "Fatima", "Felix", "Francesca", "Gabriel", "Grace", "Hana", "Hannah", "Hiroshi", "Ibrahim", "Inès", "Isabel", "Jack", "Jakub", "James", "Jasmin",
		"João", "Josué", "Julia", "Kamala", "Kenji", "Kwame", "Lars", "Laura", "Léa", "Leila", "Liam", "Lucía", "Maria", "Marta", "Mateo", "Maya",
		"Mehmet", "Mei", "Miguel", "Nadia", "Naomi", "Nikos", "Noah", "Nora", "Olga", "Olivia", "Omar", "Paul", "Priya", "Rafael", "Rosa", "Ryan",
		"Sakura", "Samuel", "Sara", "Siobhán", "Sofia", "Søren", "Tariq", "Thabo", "Thomas", "Tomáš", "Valentina", "Victor", "Wei", "Yara", "Yusuf", "Zoë",
	}
	lastNames = []string{
		"Abe", "Acheampong", "Álvarez", "Andersen", "Bakker", "Banerjee", "Bauer", "Brenes", "Brown", "Castillo", "Chen", "Costa", "Da Silva", "Dubois", "Eriksson", "Fernández",
		"Fischer", "García", "Gómez", "Haddad", "Hansen", "Horvat", "Ivanova", "Jansen", "Johnson", "Jones", "Kapoor", "Kaya", "Kim", "Kowalski", "Kumar", "Larsen",
		"Lee", "Lefèvre", "Li", "López", "Martin", "Meyer", "Moreau", "Müller", "Murphy", "Nagy", "Nakamura", "Nguyen", "Novák", "O'Brien", "O'Hara", "Okafor",
		"Olsen", "Öztürk", "Papadopoulos", "Park", "Patel", "Pereira", "Popescu", "Reyes", "Rossi", "Sánchez", "Santos", "Sato", "Schmidt", "Schröder", "Silva", "Singh",
		"Smith", "Suzuki", "Tanaka", "Taylor", "Torres", "Tran", "Van Dijk", "Virtanen", "Wagner", "Walker", "Wang", "Williams", "Wilson", "Wójcik", "Yılmaz", "Zhang",
	}
	departments = []string{
		"Engineering", "Sales", "Customer Support", "Operations", "Finance", "Marketing", "Human Resources", "Legal", "Research", "Information Security", "Facilities", "Procurement",
	}
	cities = []string{
		"Austin", "Bangalore", "Berlin", "Kraków", "Lisbon", "London", "Mexico City", "Nairobi", "Oslo", "San José", "São Paulo", "Singapore", "Sydney", "Tokyo", "Toronto", "Zürich",
	}
)
