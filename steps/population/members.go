package population

// Member is one member of the population. In its attributes {mark} stands for
// the run's mark and {domain} for the domain of user names.
type Member struct {
	Name       string
	Collection string
	Attributes string
	members    []string // of a group
}

// Members has, for every comparison, somebody who satisfies it, somebody who
// does not, and somebody who lacks the attribute: cases that differ only in
// capital letters, texts that contain each other, texts that have to be escaped,
// the same value in the wrong element of a list, false beside absent.
var Members = []Member{
	{Name: "Ada", Collection: "Users", Attributes: `{
		"userName": "{mark}-ada@{domain}", "externalId": "{mark}-Ext-A", "displayName": "Ada Lovelace",
		"name": {"givenName": "Ada", "familyName": "Lovelace", "middleName": "King"},
		"nickName": "Countess", "title": "Analyst", "userType": "Employee", "active": true,
		"profileUrl": "https://{domain}/{mark}/Ada",
		"emails": [{"value": "{mark}-ada@{domain}", "type": "work", "primary": true}, {"value": "{mark}-ada.home@{domain}", "type": "home"}],
		"phoneNumbers": [{"value": "tel:+1-201-555-0123", "type": "work"}],
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "9", "department": "Analysis"}}`},
	{Name: "Bob", Collection: "Users", Attributes: `{
		"userName": "{mark}-bob@{domain}", "externalId": "{mark}-ext-b", "displayName": "Bob O'Malley",
		"name": {"givenName": "Bob", "familyName": "O'Malley"},
		"title": "analyst", "userType": "Contractor", "active": false,
		"emails": [{"value": "{mark}-bob@{domain}", "type": "home", "primary": true}],
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "10", "department": "Tools"}}`},
	{Name: "Cy", Collection: "Users", Attributes: `{
		"userName": "{mark}-cy@{domain}", "externalId": "{mark}-ext-c", "displayName": "Cy \"the Quote\" \\ Slash",
		"name": {"givenName": "Cy", "familyName": "Baker"},
		"title": "Senior Analyst", "userType": "Employee", "active": true,
		"emails": [{"value": "{mark}-cy.work@{domain}", "type": "work"}, {"value": "{mark}-cy.home@{domain}", "type": "home", "primary": true}],
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "100", "department": "Tools"}}`},
	{Name: "Dee", Collection: "Users", Attributes: `{
		"userName": "{mark}-dee@{domain}", "externalId": "{mark}/50%+&=;#?", "displayName": "Dée Åström 日本",
		"name": {"givenName": "Dée", "familyName": "Åström"},
		"title": "Manager", "userType": "Intern", "active": true,
		"emails": [{"value": "{mark}-dee@{domain}", "type": "work"}]}`},
	{Name: "Eve", Collection: "Users", Attributes: `{
		"userName": "{mark}-eve@{domain}", "displayName": "Eve 100% + 1 & co = #2? _*",
		"name": {"givenName": "Eve", "familyName": "dixon"},
		"nickName": "Evie", "userType": "employee", "active": false,
		"emails": [{"value": "{mark}-eve@{domain}", "type": "work", "primary": true}, {"value": "{mark}-eve.other@{domain}", "type": "other"}]}`},
	{Name: "Flo", Collection: "Users", Attributes: `{"userName": "{mark}-flo@{domain}"}`},
	{Name: "Gus", Collection: "Users", Attributes: `{
		"userName": "{mark}-gus@{domain}", "displayName": "Gus", "title": null, "nickName": null,
		"name": {"givenName": "Gus", "familyName": "Evans"}, "active": true, "emails": []}`},
	{Name: "Hal", Collection: "Users", Attributes: `{
		"userName": "{mark}-hal@{domain}", "externalId": "{mark}-ext-h", "displayName": "Hal",
		"name": {"givenName": "Hal", "familyName": "adams"},
		"title": "Engineer", "userType": "Employee", "active": true,
		"emails": [{"value": "{mark}-hal@{domain}", "type": "other"}],
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "20", "department": "analysis"}}`},
	{Name: "Ian", Collection: "Users", Attributes: `{
		"userName": "{mark}-ian@{domain}", "displayName": "Ian",
		"name": {"givenName": "Ian", "familyName": "Clark"},
		"title": "Analyst II", "userType": "Contractor", "active": false}`},
	{Name: "Joy", Collection: "Users", Attributes: `{
		"userName": "{mark}-joy@{domain}", "displayName": "Joy",
		"name": {"givenName": "Joy", "familyName": "Baker"},
		"nickName": "J", "title": "Manager", "active": true,
		"emails": [{"value": "{mark}-joy.home@{domain}", "type": "home"}, {"value": "{mark}-joy.work@{domain}", "type": "work", "primary": true}]}`},
	{Name: "Kim", Collection: "Users", Attributes: `{
		"userName": "{mark}-kim@{domain}", "displayName": "kim (not) [x] or true and pr",
		"name": {"givenName": "Kim", "familyName": "Foster"},
		"userType": "Employee", "active": true}`},
	{Name: "Lee", Collection: "Users", Attributes: `{
		"userName": "{mark}-lee@{domain}", "displayName": "Lee",
		"name": {"givenName": "Lee", "familyName": "Foster"},
		"title": "Engineer", "userType": "Contractor", "active": true}`},
	{Name: "Red", Collection: "Groups", members: []string{"Ada", "Bob"}, Attributes: `{
		"displayName": "Group {mark}-red", "externalId": "{mark}-Ext-Red"}`},
	{Name: "Green", Collection: "Groups", members: []string{"Ada"}, Attributes: `{
		"displayName": "Group {mark}-green"}`},
	{Name: "Blue", Collection: "Groups", Attributes: `{"displayName": "Group {mark}-blue"}`},
}
