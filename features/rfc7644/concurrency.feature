Feature: RFC 7644, requests at the same time
  Clients act at the same time. The standard defines each operation by itself;
  what comes of several at once has to be what comes of them one after another.

  @RFC7644-3.3-40 @IMPLIED @abuse
  Rule: Of several creations of one user at the same time, exactly one succeeds
    Follows from section 3.3: a userName is unique, and a duplicate is answered
    409. A target that is busy may say so.

    Example: eight clients
      When 8 clients create the user "A" at once
      Then exactly one of them succeeds, and the others are answered 409
      And exactly one user is called "{A.userName}"

    Example: and once more
      When 16 clients create the user "A" at once
      Then exactly one of them succeeds, and the others are answered 409
      And exactly one user is called "{A.userName}"

  @RFC7644-3.5.2-40 @IMPLIED @data @requires.patch @abuse
  Rule: No member is lost when several are added or removed at the same time
    Follows from section 3.5.2: add leaves the values that are there. A target may
    refuse a change that comes at the wrong moment, but not forget what it confirmed.

    @requires.groups
    Example: members are added
      Given a user "A"
      And a user "B"
      And a user "C"
      And a user "D"
      And a user "E"
      And a user "F"
      And a group "G"
      When the clients add the users "A, B, C, D, E, F" to "G" at once
      Then every change that was answered with a success is in "G"

    @requires.groups
    Example: members are removed
      Given a user "A"
      And a user "B"
      And a user "C"
      And a user "D"
      And a user "E"
      And a user "F"
      And a group "G" with the members "A, B, C, D, E, F"
      When the clients remove the users "A, B, C, D" from "G" at once
      Then every change that was answered with a success is in "G"

  @RFC7644-3.5.2-41 @IMPLIED @data @requires.patch @abuse
  Rule: No value is lost when several attributes are changed at the same time
    Follows from section 3.5.2: replace changes only what its path names.

    Example: attributes of a user
      Given a stored user "A" with
        """
        {"displayName": "{group}", "externalId": "{marker}-0", "name": {"givenName": "{marker}", "familyName": "{marker}"}}
        """
      When the clients patch "A" at once, each with one of
        | displayName     | {group b}        |
        | externalId      | {marker}-1       |
        | name.givenName  | Given {marker}   |
        | name.familyName | Family {marker}  |
      Then every change that was answered with a success is in "A"

    Example: attributes of a group
      Given a stored group "G" with
        """
        {"displayName": "{group}", "externalId": "{marker}-0"}
        """
      When the clients patch "G" at once, each with one of
        | displayName | {group b}  |
        | externalId  | {marker}-1 |
      Then every change that was answered with a success is in "G"

  @RFC7644-3.5.1-40 @IMPLIED @data @abuse
  Rule: Of several replacements at the same time, the last one counts as a whole
    Follows from section 3.5.1: a replacement sets every attribute. The resource is
    never a mixture of two of them.

    Example: eight clients replace a user
      Given a stored user "A" with
        """
        {"displayName": "{group}", "externalId": "{marker}-0"}
        """
      When 8 clients replace "A" at once
      Then "A" is as one of those that succeeded made it
