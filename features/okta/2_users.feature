Feature: Okta provisions users
  Source: Okta documentation, "SCIM 2.0 Protocol Reference", unless a Rule
  names another.

  @OKTA-USER-01 @DOCUMENTED
  Rule: A user is looked up by userName, on a first page of a hundred
    Example: one of two users
      Given a user "A"
      And a user "B"
      And the next request has the header "User-Agent" with "Okta SCIM Client 1.0.0"
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | startIndex | 1                          |
        | count      | 100                        |
      Then exactly "A" is found
      And its "totalResults" is 1

  @OKTA-USER-02 @DOCUMENTED
  Rule: A user who does not exist is an empty list or 404
    Okta takes both for an answer.

    Example: nobody of the name
      When the client sends GET /Users with the query
        | filter     | userName eq "{user nobody}" |
        | startIndex | 1                           |
        | count      | 100                         |
      Then the answer is 200 or 404
      And its "Resources" has 0 elements

  @OKTA-USER-03 @ASSUMED
  Rule: A look-up in capital letters finds the user
    A userName has no case (RFC 7643 section 4.1.1). Source: Okta SCIM 2.0 Spec Test, "Username Case Sensitivity Check".

    Example: the same name with capital letters
      Given a user "A" with
        """
        {"userName": "case-{user}"}
        """
      When the client sends GET /Users with the query
        | filter     | userName eq "CASE-{user}" |
        | startIndex | 1                         |
        | count      | 100                       |
      Then exactly "A" is found

  @OKTA-USER-04 @DOCUMENTED
  Rule: A new user comes with an external id, a password and an empty list of groups, and is shown in the answer
    groups is the server's own. Without a body in the answer Okta takes the
    creation for failed.

    Example: the request of the documentation
      Given the next request has the header "User-Agent" with "Okta SCIM Client 1.0.0"
      When the client creates the user "A" with
        """
        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
          "name": {"givenName": "Test", "familyName": "User"},
          "emails": [{"primary": true, "value": "{user}", "type": "work"}],
          "displayName": "Test User",
          "locale": "en-US",
          "externalId": "00ujl29u0le5T6Aj10h7-{marker}",
          "groups": [],
          "password": "1mz050nq-Aa9!kq",
          "active": true
        }
        """
      Then the answer is 201
      And the answer itself has a body
      And its "id" is present
      And its "userName" contains "{user A}"
      And its "active" is true
      And its "password" is absent
      And "A" now has
        """
        {"displayName": "Test User", "externalId": "00ujl29u0le5T6Aj10h7-{marker}"}
        """

  @OKTA-USER-05 @DOCUMENTED
  Rule: A user who is there already is a conflict
    The error ends the provisioning job of this user.

    Example: the same userName again
      Given a user "A"
      When the client creates the user "B" with
        """
        {"userName": "{A.userName}", "groups": [], "active": true}
        """
      Then the answer is 409
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:Error"

  @OKTA-USER-06 @DOCUMENTED
  Rule: Whether a user still exists is asked by its id
    Example: one who does
      Given a user "A"
      When the client reads "A"
      Then the answer is 200
      And its "id" is "{A.id}"
      And its "userName" is "{A.userName}"

  @OKTA-USER-07 @ASSUMED
  Rule: A user who does not exist is answered by 404 with a SCIM error
    Source: Okta SCIM 2.0 Spec Test, "Check status 404".

    Example: detail, status and schema
      When the client sends GET /Users/00919288221112222-{marker}
      Then the answer is 404
      And its "schemas" contains "urn:ietf:params:scim:api:messages:2.0:Error"
      And its "status" is "404"
      And its "detail" is present

  @OKTA-USER-08 @DOCUMENTED
  Rule: A user is updated by sending back the whole of it
    Okta reads the user, changes what it maps and replaces it, together with id,
    meta and groups as they were read. The answer is the updated user.

    Example: a new display name
      Given a stored user "A" with
        """
        {"displayName": "Before", "externalId": "{marker}", "active": true}
        """
      When the client changes "A" by a PUT with
        """
        {"displayName": "After"}
        """
      Then the answer is 200
      And its "id" is "{A.id}"
      And its "displayName" is "After"
      And "A" now has
        """
        {"userName": "{A.userName}", "displayName": "After", "externalId": "{marker}", "active": true}
        """

  @OKTA-USER-09 @DOCUMENTED @requires.groups
  Rule: The groups in an update are ignored
    They are readOnly: membership is changed at the group alone.

    Example: sent back as they were read
      Given a user "A"
      And a group "G" with the members "A"
      When the client changes "A" by a PUT with
        """
        {"displayName": "After"}
        """
      Then the answer is 200
      And the members of "G" are "A"

    Example: sent as an empty list
      Given a user "A"
      And a group "G" with the members "A"
      When the client changes "A" by a PUT with
        """
        {"displayName": "After", "groups": []}
        """
      Then the answer is 200
      And the members of "G" are "A"

  @OKTA-USER-10 @DOCUMENTED
  Rule: AIW deactivates and activates by sending back the whole user
    Example: deactivated and activated again
      Given a stored user "A" with
        """
        {"displayName": "Pat", "active": true}
        """
      When the client changes "A" by a PUT with
        """
        {"active": false}
        """
      Then the answer is 200
      And its "active" is false
      And "A" now has
        """
        {"active": false, "displayName": "Pat"}
        """
      When the client changes "A" by a PUT with
        """
        {"active": true}
        """
      Then the answer is 200
      And "A" now has
        """
        {"active": true, "displayName": "Pat"}
        """

  @OKTA-USER-11 @DOCUMENTED @requires.patch
  Rule: OIN deactivates and activates by an operation without a path
    The answer is the user or 204.

    Example: deactivated and activated again
      Given a stored user "A" with
        """
        {"displayName": "Pat", "active": true}
        """
      When the client patches "A" with
        """
        [{"op": "replace", "value": {"active": false}}]
        """
      Then the answer is 200 or 204
      And the answer, if it has a body, has
        """
        {"id": "{A.id}", "active": false}
        """
      And "A" now has
        """
        {"active": false, "displayName": "Pat"}
        """
      When the client patches "A" with
        """
        [{"op": "replace", "value": {"active": true}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": true, "displayName": "Pat"}
        """

  @OKTA-USER-12 @DOCUMENTED
  Rule: A deactivated user is still there
    Okta never deletes users, and activates the one that it finds.

    Example: by userName and by id
      Given a stored user "A" with
        """
        {"active": false}
        """
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | startIndex | 1                          |
        | count      | 100                        |
      Then exactly "A" is found
      And its "Resources[0].active" is false
      When the client reads "A"
      Then the answer is 200
      And its "active" is false

  @OKTA-USER-13 @ASSUMED @requires.patch
  Rule: OIN synchronizes the password by an operation without a path
    That it does so by PATCH is documented, not what it sends.

    Example: a new password
      Given a stored user "A" with
        """
        {"displayName": "Pat"}
        """
      When the client patches "A" with
        """
        [{"op": "replace", "value": {"password": "2na161or-Bb8!lr"}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"displayName": "Pat"}
        """
      And "A" now has no "password"
