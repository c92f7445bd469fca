Feature: Okta OIN: the specification tests
  Who submits an integration to the Okta Integration Network shows the results of two published
  suites of tests, this one and the next. Each Rule is one of their steps and begins with its
  name. A step that is called required is @DOCUMENTED, one that is called optional @OPTIONAL.
  Source: okta/okta-developer-docs of August 2026, Okta-SCIM-20-SPEC-Test.json and the guide "Build your SCIM API service"; read in November 2026.

  @OIN-SPEC-01 @DOCUMENTED
  Rule: Test Users endpoint: the first user of a list has an id, a name, a userName, an e-mail address and active
    At least one user has to be there. Okta's suite looks at whoever comes first; here one who has
    them all is asked for, since others of the same run may come first.

    Example: a page of one
      Given a stored user "A" with
        """
        {"active": true, "name": {"givenName": "Runa", "familyName": "Scope"}, "emails": [{"primary": true, "type": "work", "value": "{user A}"}]}
        """
      When the client sends GET /Users?count=1&startIndex=1
      Then the answer is 200 with a list
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:ListResponse"
      And its "itemsPerPage" is a number
      And its "startIndex" is a number
      And its "totalResults" is a number
      And its "Resources[0].id" is present
      And its "Resources[0].userName" is present

    Example: a user who has them all
      Given a stored user "A" with
        """
        {"active": true, "name": {"givenName": "Runa", "familyName": "Scope"}, "emails": [{"primary": true, "type": "work", "value": "{user A}"}]}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{user A}" |
      Then the answer is 200 with a list
      And its "Resources[0].id" is present
      And its "Resources[0].name.familyName" is present
      And its "Resources[0].name.givenName" is present
      And its "Resources[0].userName" is present
      And its "Resources[0].active" is present
      And its "Resources[0].emails[0].value" is present

  @OIN-SPEC-02 @DOCUMENTED
  Rule: Get Users/{{id}}: a user is read by its id, with the same attributes
    Example: one that is there
      Given a user "A" with
        """
        {"active": true, "name": {"givenName": "Runa", "familyName": "Scope"}, "emails": [{"primary": true, "type": "work", "value": "{user A}"}]}
        """
      When the client reads "A"
      Then the answer is 200
      And its "id" is "{A.id}"
      And its "name.familyName" is present
      And its "name.givenName" is present
      And its "userName" is present
      And its "active" is present
      And its "emails[0].value" is present

  @OIN-SPEC-03 @DOCUMENTED
  Rule: Test invalid User by username: nobody of the name is an empty list
    Example: a random address
      Given a user "A"
      When the client sends GET /Users with the query
        | filter | userName eq "{user abcdefgh}" |
      Then the answer is 200 with a list
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:ListResponse"
      And its "totalResults" is 0

  @OIN-SPEC-04 @DOCUMENTED
  Rule: Test invalid User by ID: an unknown id is 404 with an error that has a detail
    Example: an id of digits
      When the client sends GET /Users/010101001010101011001010101011
      Then the answer is 404
      And its "detail" is present
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:Error"

  @OIN-SPEC-05 @DOCUMENTED
  Rule: Make sure random user doesn't exist: the user that is about to be created is not there
    Example: before the creation
      Given a user "A"
      When the client sends GET /Users with the query
        | filter | userName eq "{user B}" |
      Then the answer is 200 with a list
      And its "totalResults" is 0
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:ListResponse"

  @OIN-SPEC-06 @DOCUMENTED
  Rule: Create Okta user with realistic values: the answer is 201 with the user
    Example: the user of the suite
      When the client creates the user "A" with
        """
        {"name": {"givenName": "Runa", "familyName": "Scope"}, "emails": [{"primary": true, "type": "work", "value": "{user A}"}],
         "displayName": "Runa Scope", "active": true}
        """
      Then the answer is 201
      And its "active" is true
      And its "id" is present
      And its "name.familyName" is "Scope"
      And its "name.givenName" is "Runa"
      And its "schemas" contains "urn:ietf:params:scim:schemas:core:2.0:User"
      And its "userName" is "{user A}"

  @OIN-SPEC-07 @DOCUMENTED
  Rule: Verify that user was created: the new user is read by its id
    Example: the user of the suite
      Given a user "A" with
        """
        {"name": {"givenName": "Runa", "familyName": "Scope"}, "emails": [{"primary": true, "type": "work", "value": "{user A}"}],
         "displayName": "Runa Scope", "active": true}
        """
      When the client reads "A"
      Then the answer is 200
      And its "userName" is "{user A}"
      And its "name.familyName" is "Scope"
      And its "name.givenName" is "Runa"

  @OIN-SPEC-08 @DOCUMENTED
  Rule: Expect failure when recreating user with same values: a second user of the name is a conflict
    Example: created twice
      Given a user "A"
      When the client creates the user "B" with
        """
        {"userName": "{A.userName}"}
        """
      Then the answer is 409

  @OIN-SPEC-09 @DOCUMENTED
  Rule: Username Case Sensitivity Check: a look-up in capital letters is answered
    Whether the user is found by them is not asked.

    Example: the name in capital letters
      Given a user "A"
      When the client sends GET /Users with the query
        | filter | userName eq "SPEC-{A.userName}" |
      Then the answer is 200

  @OIN-SPEC-10 @OPTIONAL
  Rule: Verify Groups endpoint: the groups are listed
    That the answer takes less than 600 milliseconds is asked as well, and not judged here: from
    outside that measures the network, too. See OKTA-CONNECT-07.

    Example: the list
      When the client sends GET /Groups
      Then the answer is 200

  @OIN-SPEC-11 @DOCUMENTED
  Rule: Check status 401: without the right token the answer is 401 with an error that has status and detail
    Example: a wrong token
      When the client with a wrong token sends GET /Users?count=1
      Then the answer is 401
      And its "detail" is present
      And its "status" is "401"
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:Error"

  @OIN-SPEC-12 @DOCUMENTED
  Rule: Check status 404: the error has the status as a text, and a detail
    Example: an id of digits
      When the client sends GET /Users/00919288221112222
      Then the answer is 404
      And its "detail" is present
      And its "status" is "404"
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:Error"
