Feature: Okta OIN: the CRUD tests
  Of the thirteen steps of this suite eight are requests to Okta; what Okta then sends is sent
  here, and the five steps that look at the endpoint are the Rules. Okta updates a user by
  sending back the whole of it, and deactivates by PATCH where the integration supports that,
  and by PUT otherwise.
  Source: okta/okta-developer-docs of August 2026, Okta-SCIM-20-CRUD-Test.json and the guide "Test your private SCIM integration"; read in November 2026.

  @OIN-CRUD-01 @DOCUMENTED
  Rule: Verify if user is created in SCIM App: the new user is found by its userName
    Example: one who was assigned
      When the client creates the user "A" with
        """
        {"externalId": "{marker}-00u", "name": {"givenName": "Runa", "familyName": "Scope"},
         "emails": [{"primary": true, "type": "work", "value": "{user A}"}], "active": true}
        """
      And the client sends GET /Users with the query
        | filter | userName eq "{user A}" |
      Then the answer is 200 with a list
      And its "Resources[0].userName" is "{user A}"
      And its "Resources[0].emails[0].value" is "{user A}"
      And its "Resources[0].name.familyName" is "Scope"
      And its "Resources[0].name.givenName" is "Runa"

  @OIN-CRUD-02 @DOCUMENTED
  Rule: Verify firstname update in SCIM App: the new first name is read back
    Example: another first name
      Given a stored user "A" with
        """
        {"name": {"givenName": "Runa", "familyName": "Scope"}, "active": true}
        """
      When the client changes "A" by a PUT with
        """
        {"name": {"givenName": "Runaupdate", "familyName": "Scope"}}
        """
      And the client reads "A"
      Then the answer is 200
      And its "name.givenName" is "Runaupdate"

  @OIN-CRUD-03 @DOCUMENTED
  Rule: Verify if user is deactivated in SCIM App: a deactivated user is read with active false
    Example: deactivated in Okta
      Given a stored user "A" with
        """
        {"active": true}
        """
      When the suite deactivates "A"
      And the client reads "A"
      Then the answer is 200
      And its "active" is false

  @OIN-CRUD-04 @DOCUMENTED
  Rule: Verify if user is reactivated in SCIM App: a reactivated user is read with active true
    Example: deactivated, then assigned again
      Given a stored user "A" with
        """
        {"active": true}
        """
      When the suite deactivates "A"
      And the suite reactivates "A"
      And the client reads "A"
      Then the answer is 200
      And its "active" is true

  @OIN-CRUD-05 @DOCUMENTED
  Rule: Verify if user is deactivated in SCIM App (assignment removed): a user who was active again is read with active false
    The suite has this step twice, the second time after the assignment was removed.

    Example: deactivated, reactivated, unassigned
      Given a stored user "A" with
        """
        {"active": true}
        """
      When the suite deactivates "A"
      And the suite reactivates "A"
      And the suite deactivates "A"
      And the client reads "A"
      Then the answer is 200
      And its "active" is false
