Feature: SCIM Interoperability Profile, draft 01: 6.5 Updating resources

  @INTEROP01-6.5-01 @MUST
  Rule: Resources are changed by PATCH
    RFC 7644 section 3.5.2 makes PATCH optional.

    Example: it is declared
      When the client sends GET /ServiceProviderConfig
      Then its "patch.supported" is true

    Scenario Outline: a <kind>
      Given a <kind> "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "<path>", "value": "<value>"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"<path>": "<value>"}
        """

      Examples:
        | kind | path     | value      |
        | user | userName | {user new} |

      @requires.groups
      Examples:
        | kind  | path        | value       |
        | group | displayName | {group new} |

  @INTEROP01-6.5.1.1-01 @MUST
  Rule: An operation without a path is rejected with 400 and scimType invalidSyntax
    RFC 7644 sections 3.5.2.1 and 3.5.2.3 permit such operations: a server that takes them keeps to that RFC and not to this
    profile. Okta and, with several attributes, Entra ID send them.

    Scenario Outline: <op>
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "<op>", "value": {"userName": "{user new}"}}]
        """
      Then the answer is 400 with scimType invalidSyntax
      And "A" is as before

      Examples:
        | op      |
        | add     |
        | replace |

    Example: behind an operation with a path
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "userName", "value": "{user new}"}, {"op": "replace", "value": {"userName": "{user newer}"}}]
        """
      Then the answer is 400 with scimType invalidSyntax
      And "A" is as before

    Example: the path is null
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": null, "value": {"userName": "{user new}"}}]
        """
      Then the answer is 400 with scimType invalidSyntax
      And "A" is as before

    @requires.groups
    Example: of a group
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "replace", "value": {"displayName": "{group new}"}}]
        """
      Then the answer is 400 with scimType invalidSyntax
      And "G" is as before

  @INTEROP01-6.5.2.1-01 @MUST
  Rule: For a single simple attribute add and replace do the same

    Scenario Outline: <op> of a value where there is <before>
      Given the target knows "displayName" of users
      And a user "A" with
        """json
        <document>
        """
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "displayName", "value": "After"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"displayName": "After"}
        """

      Examples:
        | op      | before | document                  |
        | add     | one    | {"displayName": "Before"} |
        | replace | one    | {"displayName": "Before"} |
        | add     | none   | {"displayName": null}     |
        | replace | none   | {"displayName": null}     |

    Scenario Outline: <op> of active
      Given the target knows "active" of users
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "active", "value": false}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"active": false}
        """

      Examples:
        | op      |
        | add     |
        | replace |

  @INTEROP01-6.5.2.1-02 @MUST
  Rule: Replacing a complex attribute leaves nothing of it that is not named
    RFC 7644 section 3.5.2.3 says the opposite: what is not named stays. A server can keep to one of both.

    Example: a name
      Given the target knows "name" of users
      And a stored user "A" with
        """json
        {"name": {"givenName": "Ada", "familyName": "Byron"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "name", "value": {"familyName": "King"}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"name": {"familyName": "King"}}
        """
      And "A" now has no "name.givenName"

  @INTEROP01-6.5.2.1-03 @MUST
  Rule: Adding to a complex attribute keeps of it what is not named

    Example: a name
      Given the target knows "name" of users
      And a stored user "A" with
        """json
        {"name": {"givenName": "Ada", "familyName": "Byron"}}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "name", "value": {"familyName": "King"}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """json
        {"name": {"givenName": "Ada", "familyName": "King"}}
        """

  @INTEROP01-6.5.2.2-01 @MUST
  Rule: Replacing a multi-valued attribute leaves none of its old values

    Example: e-mail addresses
      Given the target knows "emails" of users
      And a stored user "A" with
        """json
        {"emails": [{"value": "{user one}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails", "value": [{"value": "{user two}", "type": "work"}]}]
        """
      Then the answer is 200 or 204
      And the "emails" of "A" now have exactly the values "{user two}"

    @requires.groups
    Example: members
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "members", "value": [{"value": "{B.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "B"

  @INTEROP01-6.5.2.2-02 @MUST
  Rule: Adding to a multi-valued attribute keeps its old values

    Example: e-mail addresses
      Given the target knows "emails" of users
      And a stored user "A" with
        """json
        {"emails": [{"value": "{user one}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [{"value": "{user two}", "type": "home"}]}]
        """
      Then the answer is 200 or 204
      And the "emails" of "A" now have exactly the values "{user one}, {user two}"

    @requires.groups
    Example: members
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{B.id}"}]}]
        """
      Then the answer is 200 or 204
      And the members of "G" are "A, B"

  @INTEROP01-6.5.3-01 @MAY @unobservable
  Rule: A PATCH that goes beyond the profile may be refused
    A permission: whether such an operation is refused or carried out, both conform. It includes the removal of a group's
    member by members[value eq "…"], which is how RFC 7644 section 3.5.2.2 removes one, and which this profile forbids to clients.

  @INTEROP01-6.5.3-02 @SHOULD
  Rule: If an operator in a path is refused, then with scimType invalidSyntax
    The draft writes this "should" in small letters.

    Example: co in a path
      Given the target knows "emails.type" of users
      And a user "A" with
        """json
        {"emails": [{"value": "{user one}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails[type co \"wor\"].value", "value": "{user two}"}]
        """
      Then the answer is a success, or 400 with scimType invalidSyntax

  @INTEROP01-6.5.3-03 @SHOULD
  Rule: If a path that selects several values is refused, then with scimType invalidFilter
    The draft writes this "should" in small letters.

    Example: two addresses for work
      Given the target knows "emails.type" of users
      And a stored user "A" with
        """json
        {"emails": [{"value": "{user one}", "type": "work"}, {"value": "{user two}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails[type eq \"work\"].display", "value": "Work"}]
        """
      Then the answer is a success, or 400 with scimType invalidFilter

  @INTEROP01-6.5.3-04 @SHOULD
  Rule: If a path that selects a whole value is refused, then with scimType invalidPath
    The draft writes this "should" in small letters.

    Example: an address for work
      Given the target knows "emails.type" of users
      And a stored user "A" with
        """json
        {"emails": [{"value": "{user one}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "emails[type eq \"work\"]", "value": {"value": "{user two}", "type": "work"}}]
        """
      Then the answer is a success, or 400 with scimType invalidPath
