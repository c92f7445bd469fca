@requires.enterprise
Feature: RFC 7643, 4.3 Enterprise user extension

  @RFC7643-4.3-01 @IMPLIED
  Rule: The attributes of the extension are stored
    Section 4.3. Only those that the target declares are judged.

    Scenario Outline: <attribute> of a new user
      Given the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:<attribute>" of users
      When the client creates the user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"<attribute>": "0{marker}-A"}}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"<attribute>": "0{marker}-A"}}
        """

      Examples:
        | attribute      |
        | employeeNumber |
        | costCenter     |
        | organization   |
        | division       |
        | department     |

    Example: all together, and a PUT changes one of them
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours", "division": "South", "employeeNumber": "{marker}-701984"}}
        """
      When the client changes "A" by a PUT with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Travel"}}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Travel", "division": "South", "employeeNumber": "{marker}-701984"}}
        """

    Example: a PUT gives it to a user who had none
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      Then "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """

    Example: a change of the user leaves it alone
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      When the client changes "A" by a PUT with
        """json
        {"displayName": "Ann Changed"}
        """
      Then "A" now has
        """json
        {"displayName": "Ann Changed", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """

    @requires.patch
    Example: a PATCH of another attribute leaves it alone
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Ann Changed"}]
        """
      Then "A" now has
        """json
        {"displayName": "Ann Changed", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """

    @requires.patch
    Scenario Outline: a PATCH that <does> by a path
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours", "division": "South"}}
        """
      When the client patches "A" with
        """json
        [{"op": "<op>", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Travel"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Travel", "division": "South"}}
        """

      Examples:
        | does     | op      |
        | adds     | add     |
        | replaces | replace |

    @requires.patch
    Scenario Outline: a PATCH that gives a user another <attribute> by its path
      Given the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:<attribute>" of users
      And a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"<attribute>": "{marker}-A"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:<attribute>", "value": "{marker}-B"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"<attribute>": "{marker}-B"}}
        """

      Examples:
        | attribute      |
        | employeeNumber |
        | costCenter     |
        | organization   |
        | division       |

    @requires.patch
    Example: a PATCH without a path
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours", "division": "South"}}
        """
      When the client patches "A" with
        """json
        [{"op": "replace", "value": {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Travel"}}}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Travel", "division": "South"}}
        """

    @requires.patch
    Example: a PATCH removes one of them
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours", "division": "South"}}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      And "A" now has no "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division"

    Example: a PUT without it takes it away
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the answer is a success
      And "A" now has no "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"

    @requires.filter
    Example: a list shows it, and a filter finds by it
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      And a user "B"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then the answer has
        """json
        {"Resources": [{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}]}
        """
      When the client sends GET /Users with the query
        | filter | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "Tours" and userName eq "{A.userName}" |
      Then exactly "A" is found, or the request is refused

  @RFC7643-4.3-02 @RECOMMENDED
  Rule: A manager is called by the id of a user, and a $ref leads there
    Section 4.3.

    Example: a new user with a manager
      Given a user "M"
      And the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" of users
      When the client creates the user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{M.id}"}}}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{M.id}"}}}
        """
      When the client follows "meta.location" and each "$ref" of "A"
      Then each of them leads to the resource that it names

    Example: a user gets another manager
      Given a user "M"
      And a user "N"
      And a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{M.id}"}}}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{N.id}"}}}
        """
      Then "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{N.id}"}}}
        """
      When the client follows "meta.location" and each "$ref" of "A"
      Then each of them leads to the resource that it names

    @requires.patch
    Example: a user gets a manager by a PATCH
      Given a user "M"
      And a user "A"
      And the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" of users
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": {"value": "{M.id}"}}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{M.id}"}}}
        """

  @RFC7643-4.3-03 @OPTIONAL
  Rule: The name of a manager is the manager's own
    Section 4.3: manager.displayName is readOnly, and what a client says is ignored.

    Example: a new user
      Given a user "M" with
        """json
        {"displayName": "The Boss"}
        """
      And the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" of users
      When the client creates the user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{M.id}", "displayName": "Pirate"}}}
        """
      Then the answer is a success
      When the client reads "A"
      Then its "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName" does not contain "Pirate"

    Example: a user who is replaced
      Given a user "M"
      And a user "A"
      And the target knows "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" of users
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{M.id}", "displayName": "Pirate"}}}
        """
      Then the answer is a success
      When the client reads "A"
      Then its "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName" does not contain "Pirate"
