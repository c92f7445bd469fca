Feature: IPSIE AL SCIM profile, draft 00: 8 and 10 Security and compliance

  @IPSIE00AL1-8-01 @SHALL
  Rule: Errors are SCIM errors

    Example: all refusals
      When the client makes requests that have to be refused
      Then each answer is a SCIM error

  @IPSIE00AL1-8-02 @SHALL-NOT @security
  Rule: Errors show nothing of the inside

    Example: all refusals
      When the client makes requests that have to be refused
      Then no error shows a stack trace, a database statement, the token or the password

  @IPSIE00AL1-8-03 @SHALL @unobservable
  Rule: Access tokens expire, and nonces are checked
    How long a token lives is said to whoever is given one, and a nonce is between the client and the token endpoint: a run has
    a token, and not the key by which to ask for others.

  @IPSIE00AL1-8-04 @SHALL @unobservable
  Rule: Every change is logged
    The log is the application's own.

  @IPSIE00AL1-8-05 @SHALL @unobservable
  Rule: Every endpoint limits rates
    See IPSIE00AL1-4.3-01: it takes a load that no run sends unasked.

  @IPSIE00AL1-10-01 @SHALL
  Rule: A PATCH of a user deactivates and activates

    Scenario Outline: active <value>
      Given a user "A" with
        """json
        {"active": <before>}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "active", "value": <value>}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"active": <value>}
        """

      Examples:
        | before | value |
        | true   | false |
        | false  | true  |

  @IPSIE00AL1-10-02 @SHALL
  Rule: DELETE of a user is served
    Section 5.2 of the draft says MAY.

    Example: a deletion
      Given a user "A"
      When the client deletes "A"
      Then the answer is a success
      And "A" is gone

  @IPSIE00AL1-10-03 @SHALL @unobservable
  Rule: Local changes are prevented
    How somebody may change users beside SCIM cannot be seen by SCIM.

  @IPSIE00AL1-10-04 @SHALL @unobservable
  Rule: Clients have to authenticate by a JWT
    That a client without one is refused shows at the token endpoint, for whose keys a run would need another client. What
    the metadata say of it is IPSIE00AL1-4.1-02.
