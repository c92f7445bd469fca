@security
Feature: RFC 7644, 7 Security

  @RFC7644-7.2-01 @MUST @unobservable
  Rule: Plain HTTP is refused
    At which port a server would speak plain HTTP is not known, and to send a request there would show to everybody on
    the way what it contains.

  @RFC7644-7.2-02 @MUST @unobservable
  Rule: TLS is version 1.2 or newer, with a certificate for the host
    It is a condition of the run and not a check in it: the client speaks nothing older than TLS 1.2 and verifies the
    certificate, so that a target that violates this is not judged at all.

  @RFC7644-7.4-01 @MUST @requires.dashboard
  Rule: A token that was revoked or replaced is no longer served
    Section 7.4. It takes somebody to revoke it: the dashboard of Secure Access does when it generates another one.

    Example: reading with the old token
      Given the client sends GET /Users?count=1
      And the answer is 200 with a list
      When the administrator generates the token again
      Then the new token is served
      And the old token is refused with 401

  @RFC7644-7.5.2-01 @SHOULD
  Rule: A filter in the URL does not find by what is secret
    Section 7.5.2: such a filter is refused with 403, and with scimType sensitive where the client shall use POST instead.

    @requires.filter
    Example: a user by password
      Given a user "A" with
        """json
        {"password": "{password}"}
        """
      When the client sends GET /Users with the query
        | filter | password eq "{password}" |
      Then nothing is found, or the answer is 400 or 403

    @requires.filter
    Example: a user by the beginning of a password
      Given a user "A" with
        """json
        {"password": "{password}"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" and password sw "{password}" |
      Then nothing is found, or the answer is 400 or 403

    @requires.filter
    Example: a refusal of a filter is a SCIM error
      Given a user "A"
      When the client sends GET /Users with the query
        | filter | password pr |
      Then the answer is 200 or 400 or 403

  @RFC7644-7.6-01 @MAY
  Rule: Anonymous requests may be limited, and are refused all the same
    Section 7.6 lets a server count requests. Before and after the limit nobody gets in, and 429 says when to come again
    (RFC 6585 section 4).

    Example: some requests without credentials in a row
      Given a user "A"
      When the client without credentials sends each of
        | GET | /Users/{A.id} |
        | GET | /Users/{A.id} |
        | GET | /Users/{A.id} |
        | GET | /Users/{A.id} |
        | GET | /Users/{A.id} |
        | GET | /Users/{A.id} |
      Then each answer is 401 or 429
      And each 429 is a SCIM error with the header Retry-After
