Feature: OneLogin provisions users
  As far as it is documented or was seen in a log; what is not known is told in fixtures/dialects/onelogin, where
  its requests are.
  Source: OneLogin documentation, "Implement RESTful SCIM APIs for Your App", read November 2026, unless a Rule names another.

  @ONELOGIN-CONNECT-01 @DOCUMENTED
  Rule: Testing the connection asks for a user who does not exist
    An empty list and 404 are both right.

    Example: nobody of the name
      When OneLogin connects
      Then the answer is 200 or 404
      And its "Resources" has 0 elements

  @ONELOGIN-CONNECT-02 @OBSERVED
  Rule: A client that does not name itself is served
    Source: goauthentik/authentik, issue 11249, the log of a server: the User-Agent is empty.

    Example: a look-up
      Given a user "A"
      When OneLogin looks up the user "A"
      Then exactly "A" is found

  @ONELOGIN-USER-01 @DOCUMENTED
  Rule: A user is looked up by userName
    Example: one of two
      Given a user "A"
      And a user "B"
      When OneLogin looks up the user "A"
      Then exactly "A" is found

  @ONELOGIN-USER-02 @ASSUMED
  Rule: A new user is what the administrator's template says
    The template of several targets' guides: the core schema and that of enterprises, of which it may have nothing.
    Source: OneLogin, "SCIM Provisioner with SAML (SCIM v2 Enterprise)"; the guide of livingsecurity.com.

    Example: the usual template
      When OneLogin creates the user "A"
      Then the answer is 200 or 201
      And its "id" is present
      And "A" now has
        """
        {"name": {"givenName": "Pat", "familyName": "A"}}
        """

  @ONELOGIN-USER-03 @OBSERVED
  Rule: A user is updated by a PUT of the template, without an id
    Source: goauthentik/authentik, issue 11249, the log of a server.

    Example: a title
      Given OneLogin has created the user "A"
      When OneLogin changes "title" of "A" to "Chief"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"title": "Chief", "name": {"givenName": "Pat", "familyName": "A"}}
        """

  @ONELOGIN-USER-04 @ASSUMED
  Rule: URNs of a draft are refused or understood, and are no accident
    The log shows urn:scim:schemas:core:2.0, which was never registered. A target that refuses it is right, and
    has to tell its administrators to write another template.
    Source: goauthentik/authentik, issue 11249, the log of a server.

    Example: a user of such schemas
      When the client sends POST /Users with
        """
        {"schemas": ["urn:scim:schemas:core:2.0", "urn:scim:schemas:extension:enterprise:2.0"], "userName": "{user}",
         "name": {"familyName": "User 01", "givenName": "AAA Test"}}
        """
      Then the answer is no server error

  @ONELOGIN-USER-05 @DOCUMENTED
  Rule: A user is deleted
    Example: gone by id
      Given a user "A"
      When OneLogin deletes the user "A"
      Then the answer is 200 or 204
      And "A" is gone
