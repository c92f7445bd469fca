package steps

// inhabitant is one member of the population. In its attributes {mark} stands for
// the run's mark and {domain} for the domain of user names.
type inhabitant struct {
	name       string
	collection string
	attributes string
	members    []string // of a group
}

// population has, for every comparison, somebody who satisfies it, somebody who
// does not, and somebody who lacks the attribute: cases that differ only in
// capital letters, texts that contain each other, texts that have to be escaped,
// the same value in the wrong element of a list, false beside absent.
var population = []inhabitant{
	{name: "Ada", collection: "Users", attributes: `{
		"userName": "{mark}-ada@{domain}", "externalId": "{mark}-Ext-A", "displayName": "Ada Lovelace",
		"name": {"givenName": "Ada", "familyName": "Lovelace", "middleName": "King"},
		"nickName": "Countess", "title": "Analyst", "userType": "Employee", "active": true,
		"profileUrl": "https://{domain}/{mark}/Ada",
		"emails": [{"value": "{mark}-ada@{domain}", "type": "work", "primary": true}, {"value": "{mark}-ada.home@{domain}", "type": "home"}],
		"phoneNumbers": [{"value": "tel:+1-201-555-0123", "type": "work"}],
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "9", "department": "Analysis"}}`},
	{name: "Bob", collection: "Users", attributes: `{
		"userName": "{mark}-bob@{domain}", "externalId": "{mark}-ext-b", "displayName": "Bob O'Malley",
		"name": {"givenName": "Bob", "familyName": "O'Malley"},
		"title": "analyst", "userType": "Contractor", "active": false,
		"emails": [{"value": "{mark}-bob@{domain}", "type": "home", "primary": true}],
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "10", "department": "Tools"}}`},
	{name: "Cy", collection: "Users", attributes: `{
		"userName": "{mark}-cy@{domain}", "externalId": "{mark}-ext-c", "displayName": "Cy \"the Quote\" \\ Slash",
		"name": {"givenName": "Cy", "familyName": "Baker"},
		"title": "Senior Analyst", "userType": "Employee", "active": true,
		"emails": [{"value": "{mark}-cy.work@{domain}", "type": "work"}, {"value": "{mark}-cy.home@{domain}", "type": "home", "primary": true}],
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "100", "department": "Tools"}}`},
	{name: "Dee", collection: "Users", attributes: `{
		"userName": "{mark}-dee@{domain}", "externalId": "{mark}/50%+&=;#?", "displayName": "Dée Åström 日本",
		"name": {"givenName": "Dée", "familyName": "Åström"},
		"title": "Manager", "userType": "Intern", "active": true,
		"emails": [{"value": "{mark}-dee@{domain}", "type": "work"}]}`},
	{name: "Eve", collection: "Users", attributes: `{
		"userName": "{mark}-eve@{domain}", "displayName": "Eve 100% + 1 & co = #2? _*",
		"name": {"givenName": "Eve", "familyName": "dixon"},
		"nickName": "Evie", "userType": "employee", "active": false,
		"emails": [{"value": "{mark}-eve@{domain}", "type": "work", "primary": true}, {"value": "{mark}-eve.other@{domain}", "type": "other"}]}`},
	{name: "Flo", collection: "Users", attributes: `{"userName": "{mark}-flo@{domain}"}`},
	{name: "Gus", collection: "Users", attributes: `{
		"userName": "{mark}-gus@{domain}", "displayName": "Gus", "title": null, "nickName": null,
		"name": {"givenName": "Gus", "familyName": "Evans"}, "active": true, "emails": []}`},
	{name: "Hal", collection: "Users", attributes: `{
		"userName": "{mark}-hal@{domain}", "externalId": "{mark}-ext-h", "displayName": "Hal",
		"name": {"givenName": "Hal", "familyName": "adams"},
		"title": "Engineer", "userType": "Employee", "active": true,
		"emails": [{"value": "{mark}-hal@{domain}", "type": "other"}],
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "20", "department": "analysis"}}`},
	{name: "Ian", collection: "Users", attributes: `{
		"userName": "{mark}-ian@{domain}", "displayName": "Ian",
		"name": {"givenName": "Ian", "familyName": "Clark"},
		"title": "Analyst II", "userType": "Contractor", "active": false}`},
	{name: "Joy", collection: "Users", attributes: `{
		"userName": "{mark}-joy@{domain}", "displayName": "Joy",
		"name": {"givenName": "Joy", "familyName": "Baker"},
		"nickName": "J", "title": "Manager", "active": true,
		"emails": [{"value": "{mark}-joy.home@{domain}", "type": "home"}, {"value": "{mark}-joy.work@{domain}", "type": "work", "primary": true}]}`},
	{name: "Kim", collection: "Users", attributes: `{
		"userName": "{mark}-kim@{domain}", "displayName": "kim (not) [x] or true and pr",
		"name": {"givenName": "Kim", "familyName": "Foster"},
		"userType": "Employee", "active": true}`},
	{name: "Lee", collection: "Users", attributes: `{
		"userName": "{mark}-lee@{domain}", "displayName": "Lee",
		"name": {"givenName": "Lee", "familyName": "Foster"},
		"title": "Engineer", "userType": "Contractor", "active": true}`},
	{name: "Red", collection: "Groups", members: []string{"Ada", "Bob"}, attributes: `{
		"displayName": "Group {mark}-red", "externalId": "{mark}-Ext-Red"}`},
	{name: "Green", collection: "Groups", members: []string{"Ada"}, attributes: `{
		"displayName": "Group {mark}-green"}`},
	{name: "Blue", collection: "Groups", attributes: `{"displayName": "Group {mark}-blue"}`},
}
