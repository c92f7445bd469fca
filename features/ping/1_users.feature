Feature: Ping provisions users
  PingFederate's SCIM Provisioner and PingOne, as far as it is documented: methods, keys and limits. No request is
  published; what is inferred is marked so in fixtures/dialects/ping, where the requests are.
  Source: Ping Identity documentation, SCIM Provisioner, read November 2026, unless a Rule names another.

  @PING-USER-01 @DOCUMENTED
  Rule: A user is matched by userName
    Example: one of two
      Given a user "A"
      And a user "B"
      When Ping looks up the user "A"
      Then exactly "A" is found

  @PING-USER-02 @ASSUMED
  Rule: A user is matched by a filter on emails
    If the setting Unique User Identifier says so. "emails" means its value (RFC 7643 section 2.4).

    Example: one of two
      Given a stored user "A" with
        """
        {"emails": [{"value": "{user A}", "type": "work", "primary": true}]}
        """
      And a stored user "B" with
        """
        {"emails": [{"value": "{user B}", "type": "work", "primary": true}]}
        """
      When Ping, by the work address, looks up the user "A"
      Then exactly "A" is found

  @PING-USER-03 @ASSUMED
  Rule: Names and operators of a filter may be written in other letters
    Source: PingOne documentation, "SCIM filter expressions", whose example is username Eq "%s"; RFC 7644 section 3.4.2.2.

    Example: one of two
      Given a user "A"
      And a user "B"
      When Ping, PingOne, looks up the user "A"
      Then exactly "A" is found

  @PING-USER-04 @ASSUMED
  Rule: A new user has one value of each type
    Example: one address
      When Ping creates the user "A"
      Then the answer is 200 or 201
      And its "id" is present
      And "A" now has
        """
        {"active": true, "displayName": "Pat A", "name": {"givenName": "Pat", "familyName": "A"}}
        """

  @PING-USER-05 @DOCUMENTED
  Rule: A user is updated by a PUT
    PATCH is not supported for users.

    Example: a new display name
      Given Ping has created the user "A"
      When Ping changes "displayName" of "A" to "Patricia"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"displayName": "Patricia", "name": {"givenName": "Pat", "familyName": "A"}, "active": true}
        """

  @PING-USER-06 @DOCUMENTED
  Rule: A user is disabled and enabled by a PUT
    Example: one and then the other
      Given Ping has created the user "A"
      When Ping deactivates "A"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": false, "displayName": "Pat A"}
        """
      When Ping reactivates "A"
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": true}
        """

  @PING-USER-07 @DOCUMENTED
  Rule: A user is deleted, if the setting says so
    Example: gone by id
      Given a user "A"
      When Ping deletes the user "A"
      Then the answer is 200 or 204
      And "A" is gone
