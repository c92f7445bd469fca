@requires.loginProbe
Feature: Lock out
  Whether people really get in or are locked out, which no SCIM answer shows: servers are known that store
  "active" and let the person in all the same. The login_probe of the target file tells.
  Source: Cisco document 225885, the Users part of the Provisioning tab ("set them to disabled", "permanently
  delete"), and RFC 7643 section 4.1.1 on active, unless a Rule names another.

  @CSA-LOGIN-01 @IMPLIED @security
  Rule: A deactivated person cannot log in
    That is what a user is disabled for. RFC 7643 section 4.1.1 leaves it to the server what active means; to whoever
    deactivates, it means this.

    Scenario Outline: by a <method>
      Given a person "A" who can log in
      And "A" was deactivated by a <method>
      When "A" logs in
      Then "A" is not let in

      Examples:
        | method |
        | PATCH  |
        | PUT    |

    Example: who never was active
      Given a person "A" who is not active with a password
      When "A" logs in
      Then "A" is not let in

    Example: deactivated, activated and deactivated again
      Given a person "A" who can log in
      And "A" was deactivated by a PATCH
      And "A" was activated by a PATCH
      And "A" was deactivated by a PATCH
      When "A" logs in
      Then "A" is not let in

  @CSA-LOGIN-02 @IMPLIED
  Rule: A person who is activated again can log in as before
    Who returns is reactivated, with the account and the password from before.

    Scenario Outline: by a <method>
      Given a person "A" who can log in
      And "A" was deactivated by a <method>
      And "A" was activated by a <method>
      When "A" logs in
      Then "A" is let in

      Examples:
        | method |
        | PATCH  |
        | PUT    |

    Example: who was created inactive
      Given a person "A" who is not active with a password
      And "A" was activated by a PATCH
      When "A" logs in
      Then "A" is let in

  @CSA-LOGIN-03 @IMPLIED @security
  Rule: A deleted person cannot log in
    "Permanently delete" leaves no account to log in to.

    Example: an active person
      Given a person "A" who can log in
      And "A" was deleted
      When "A" logs in
      Then "A" is not let in

    Example: a person who was deactivated before
      Given a person "A" who can log in
      And "A" was deactivated by a PATCH
      And "A" was deleted
      When "A" logs in
      Then "A" is not let in

  @CSA-LOGIN-04 @IMPLIED @security
  Rule: A session from before ends when its person is deactivated or deleted
    Whoever is logged in stays in otherwise for as long as the session or token lasts.

    Example: deactivated
      Given a person "A" who is logged in
      And "A" was deactivated by a PATCH
      When "A" uses the session from before
      Then the session of "A" is refused

    Example: deleted
      Given a person "A" who is logged in
      And "A" was deleted
      When "A" uses the session from before
      Then the session of "A" is refused

  @CSA-LOGIN-05 @IMPLIED @security
  Rule: Who gets the user name of a deleted person does not get in with the old password
    A new account is a new person: RFC 7644 section 3.6 frees the name, not what belonged to it.

    Example: the old password
      Given a person "A" who can log in
      And "A" was deleted
      And a person "B" with the user name of "A" and another password
      When "A" logs in
      Then "A" is not let in

    Example: the new password
      Given a person "A" who can log in
      And "A" was deleted
      And a person "B" with the user name of "A" and another password
      When "B" logs in
      Then "B" is let in
