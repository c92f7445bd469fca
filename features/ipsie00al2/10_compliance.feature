Feature: IPSIE AL SCIM profile, draft 00: 10 AL2, Compliance

  @IPSIE00AL2-10-01 @SHALL @claim
  Rule: What AL1 demands holds
    Each level includes those below.

    Example: its verdicts
      When the client sends GET /ServiceProviderConfig
      Then all that is binding in IPSIE00AL1 holds

  @IPSIE00AL2-10-02 @SHALL
  Rule: The endpoints of users serve reading, creating, changing and deleting
    Those of groups, where there are any, are judged by the Rules of section 6.2.

    Example: a user's whole life
      When the client creates the user "A"
      Then the answer is 201
      When the client sends GET /Users/{A.id}
      Then the answer is 200
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then the answer is 200 or 204
      When the client deletes "A"
      Then the answer is a success
      And "A" is gone

  @IPSIE00AL2-10-03 @SHALL @unobservable
  Rule: Local changes are prevented at this level too
    How somebody may change users and groups beside SCIM cannot be seen by SCIM.

  @IPSIE00AL2-10-04 @SHALL @unobservable
  Rule: Clients have to authenticate by a JWT at this level too
    See IPSIE00AL1-10-04 and IPSIE00AL1-4.1-02.
