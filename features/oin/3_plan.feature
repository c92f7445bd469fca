Feature: Okta OIN: the test plan
  A submission certifies that the cases of a test plan were gone through by hand in Okta. Each
  Rule is one that shows at the endpoint, and begins with its title. Cases of features that an
  integration has not are skipped. Not here are cases that only Okta or the application's pages
  show, those that repeat a step of the suites, and the synchronisation of passwords, of which
  an endpoint does not say whether it has it; see OKTA-USER-13.
  Source: okta/okta-developer-docs of August 2026, okta-scim-test-plan-v2.xlsx and the guide "Build your SCIM API service"; read in November 2026.

  @OIN-PLAN-01 @DOCUMENTED
  Rule: Basic user schema: userName, first name, last name and e-mail address are stored
    Example: the four attributes
      When the client creates the user "A" with
        """
        {"name": {"givenName": "Runa", "familyName": "Scope"}, "emails": [{"primary": true, "type": "work", "value": "{user A}"}]}
        """
      Then the answer is 201
      And "A" now has
        """
        {"userName": "{user A}", "name": {"givenName": "Runa", "familyName": "Scope"}, "emails": [{"value": "{user A}"}]}
        """

  @OIN-PLAN-02 @DOCUMENTED
  Rule: Unique ID: the id is the target's own and stays
    It is assigned by the target, whatever the client sends, and the same in each answer.

    Example: an id that the client sends, a read and a list
      When the client creates the user "A" with
        """
        {"id": "okta-{marker}"}
        """
      Then the answer is 201
      And its "id" is present
      And its "id" is not "okta-{marker}"
      When the client reads "A"
      Then its "id" is "{A.id}"
      When the client sends GET /Users with the query
        | filter | userName eq "{user A}" |
      Then its "Resources[0].id" is "{A.id}"

  @OIN-PLAN-03 @DOCUMENTED
  Rule: Authentication: anonymous access is refused
    Example: a list without a token
      Given a user "A"
      When the client without credentials sends GET /Users?count=1
      Then the answer is 401 or 403
      And each answer shows nothing of "A"

  @OIN-PLAN-04 @DOCUMENTED
  Rule: Verify Re-Activation Of User Is Synced To Target App: a user who is reactivated has the same id and attributes
    Case C9293.

    Example: deactivated and reactivated
      Given a stored user "A" with
        """
        {"active": true, "displayName": "Runa Scope", "name": {"givenName": "Runa", "familyName": "Scope"}}
        """
      When the suite deactivates "A"
      And the suite reactivates "A"
      And the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found
      And "A" now has
        """
        {"active": true, "displayName": "Runa Scope", "name": {"givenName": "Runa", "familyName": "Scope"}}
        """

  @OIN-PLAN-05 @DOCUMENTED
  Rule: Verify App Assignment For User Already Created In App: the user is found, linked and updated, and there is no second one
    Case C9335.

    Example: one who is there
      Given a stored user "A" with
        """
        {"name": {"givenName": "Other", "familyName": "Name"}}
        """
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | startIndex | 1                          |
        | count      | 100                        |
      Then exactly "A" is found
      When the client changes "A" by a PUT with
        """
        {"externalId": "{marker}-00u", "active": true, "name": {"givenName": "Runa", "familyName": "Scope"}}
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"name": {"givenName": "Runa", "familyName": "Scope"}}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found

  @OIN-PLAN-06 @DOCUMENTED
  Rule: Verify Update To Push Empty Values: an update with empty values is no error
    Case C9337.

    Example: attributes that are empty texts
      Given a stored user "A" with
        """
        {"title": "Engineer", "nickName": "Runa"}
        """
      When the client changes "A" by a PUT with
        """
        {"title": "", "nickName": ""}
        """
      Then the answer is 200 or 204

  @OIN-PLAN-07 @DOCUMENTED
  Rule: Verify Import User Functionality: users are listed with what an import needs
    Cases C9303 and C9304. Okta asks for pages of a hundred.

    Example: the first page
      Given a stored user "A" with
        """
        {"active": true, "name": {"givenName": "Runa", "familyName": "Scope"}, "emails": [{"primary": true, "type": "work", "value": "{user A}"}]}
        """
      When the client sends GET /Users?startIndex=1&count=100
      Then the answer is 200 with a list
      And its "totalResults" is an integer
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | startIndex | 1                          |
        | count      | 100                        |
      Then exactly "A" is found
      And its "Resources[0].active" is true
      And its "Resources[0].name.givenName" is "Runa"
      And its "Resources[0].name.familyName" is "Scope"
      And its "Resources[0].emails[0].value" is "{user A}"

  @OIN-PLAN-08 @DOCUMENTED @requires.groups
  Rule: Verify Import Group Functionality: groups are listed with their names
    Case C9338.

    Example: a group, in the first page and by its name
      Given a group "G"
      When the client sends GET /Groups?startIndex=1&count=100
      Then the answer is 200 with a list
      And its "totalResults" is an integer
      When the client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then exactly "G" is found
      And its "Resources[0].displayName" is "{G.displayName}"

  @OIN-PLAN-09 @DOCUMENTED @requires.groups
  Rule: Verify Push Groups > Push Empty Group: a group without members is created
    Case C9317.

    Example: an empty list of members
      When the client creates the group "G" with
        """
        {"members": []}
        """
      Then the answer is 201
      And the members of "G" are ""

  @OIN-PLAN-10 @DOCUMENTED @requires.groups @requires.patch
  Rule: Verify Push Groups > Create Group: a pushed group has its members
    Case C9312.

    Example: created, then filled
      Given a user "A"
      And a user "B"
      When the client creates the group "G" with
        """
        {"members": []}
        """
      Then the answer is 201
      When the client patches "G" with
        """
        [{"op": "replace", "path": "members", "value": [{"value": "{A.id}", "display": "{A.userName}"}, {"value": "{B.id}", "display": "{B.userName}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"

  @OIN-PLAN-11 @DOCUMENTED @requires.groups @requires.patch
  Rule: Verify Push Groups > Link Group >Rename App Group: a linked group is renamed and keeps its members
    Case C9315.

    Example: one that has a member
      Given a user "A"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "replace", "value": {"id": "{G.id}", "displayName": "{group renamed}"}}]
        """
      Then the answer is 200 or 204
      And "G" now has
        """
        {"displayName": "{group renamed}"}
        """
      And the members of "G" are "A"

  @OIN-PLAN-12 @DOCUMENTED @requires.groups @requires.patch
  Rule: Verify Push Groups > Push Now: a full push overwrites the members
    Case C9316.

    Example: other members than there are
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "replace", "path": "members", "value": [{"value": "{B.id}", "display": "{B.userName}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"

  @OIN-PLAN-13 @DOCUMENTED @requires.groups @requires.patch
  Rule: Verify Push Groups >Add Members As Group: another member is added
    Case C9332.

    Example: beside one that is there
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client patches "G" with
        """
        [{"op": "add", "path": "members", "value": [{"value": "{B.id}", "display": "{B.userName}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"

  @OIN-PLAN-14 @DOCUMENTED @requires.groups @requires.patch
  Rule: Verify Push Groups > Remove Members From Group: a member is removed, and the others stay
    Case C9333.

    Example: one of two
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """
        [{"op": "remove", "path": "members[value eq \"{A.id}\"]"}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"

  @OIN-PLAN-15 @DOCUMENTED @requires.groups
  Rule: Verify Push Groups > Unlink Pushed Group > Delete the group in the target app: the group is gone and its members stay
    Case C9318.

    Example: a group with a member
      Given a user "A"
      And a group "G" with the members "A"
      When the client deletes "G"
      Then the answer is 204
      And "G" is gone
      And "A" still exists
