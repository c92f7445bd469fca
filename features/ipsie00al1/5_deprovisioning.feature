Feature: IPSIE AL SCIM profile, draft 00: 5 AL1, User deprovisioning

  @IPSIE00AL1-5.1-01 @SHOULD @unobservable
  Rule: Who is deactivated loses access, running sessions included
    It needs somebody who logs in: what a person may do at the application shows at its own door and not by SCIM.

  @IPSIE00AL1-5.1-02 @SHOULD @unobservable
  Rule: Access is lost within five minutes
    It needs somebody who logs in, again and again for five minutes.

  @IPSIE00AL1-5.1-03 @MUST @unobservable
  Rule: Everything by which a deactivated user gets in is deactivated
    Sessions, tokens, keys: it needs somebody who has them.

  @IPSIE00AL1-5.1-04 @MUST
  Rule: A deactivated user can be activated again

    Example: off and on
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then the answer is 200 or 204
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": true}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"userName": "{A.userName}", "active": true}
        """

  @IPSIE00AL1-5.2-01 @MAY @unobservable
  Rule: Users may be deleted by DELETE
    Section 10 of the draft says SHALL: IPSIE00AL1-10-02 judges that.

  @IPSIE00AL1-5.2-02 @MUST
  Rule: After a deletion a new user may have the name

    Example: created, deleted, created again
      Given a user "A"
      When the client deletes "A"
      And the client creates the user "B" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is 201
      And "B" has
        """json
        {"userName": "{A.userName}"}
        """

  @IPSIE00AL1-5.3-01 @MUST
  Rule: A user is read by the id

    Example: one of two
      Given a user "A"
      And a user "B"
      When the client sends GET /Users/{A.id}
      Then the answer is 200
      And its "id" is "{A.id}"
      And its "userName" is "{A.userName}"

  @IPSIE00AL1-5.4-01 @MUST
  Rule: Users are found by userName, externalId and e-mail address

    Example: by userName
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found

    Example: by externalId
      Given a user "A" with
        """json
        {"externalId": "ext-a-{marker}"}
        """
      And a user "B" with
        """json
        {"externalId": "ext-b-{marker}"}
        """
      When the client sends GET /Users with the query
        | filter | externalId eq "ext-a-{marker}" |
      Then exactly "A" is found

    Scenario Outline: by an e-mail address, <how>
      Given a user "A" with
        """json
        {"emails": [{"value": "{user a}", "type": "work"}]}
        """
      And a user "B" with
        """json
        {"emails": [{"value": "{user b}", "type": "work"}]}
        """
      When the client sends GET /Users with the query
        | filter | <filter> |
      Then exactly "A" is found

      Examples:
        | how           | filter                                           |
        | of any type   | emails[value eq "{user a}"]                      |
        | that is for work | emails[type eq "work" and value eq "{user a}"] |
