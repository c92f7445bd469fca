Feature: RFC 7643, 3.3 Attribute extensions to resources

  @RFC7643-3.3-01 @MUST
  Rule: The schemas of a resource contain the base schema of its type
    Section 3.3.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each resource names the base schema of its resource type

    @requires.enterprise
    Example: a user with an extension
      Given a user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      When the client reads "A"
      Then each resource names the base schema of its resource type

  @RFC7643-3.3-02 @SHALL @requires.enterprise
  Rule: The attributes of an extension stand below its URN
    Section 3.3.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then no attribute of the enterprise extension stands outside its URN

    Example: a user with an extension
      Given a user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours", "employeeNumber": "{marker}-701984"}}
        """
      When the client reads "A"
      Then no attribute of the enterprise extension stands outside its URN
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours", "employeeNumber": "{marker}-701984"}}
        """

  @RFC7643-3.3-03 @IMPLIED @requires.enterprise
  Rule: An extension that has values is named in the schemas
    Section 3.3.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each resource names the schema of every extension that it has values of

    Example: a user who was created with an extension
      Given a user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      When the client reads "A"
      Then each resource names the schema of every extension that it has values of

    @requires.patch
    Example: a user who gets one by a PATCH
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Tours"}]
        """
      Then the answer is a success
      When the client reads "A"
      Then each resource names the schema of every extension that it has values of
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """

  @RFC7643-3.3-04 @IMPLIED @data @requires.enterprise
  Rule: An extension whose URN the client forgot is stored whole, dropped whole, or refused
    Section 3.3. What a server does with it is left open.

    Example: a new user
      When the client sends POST /Users with
        """json
        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user A}",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours", "costCenter": "4130"}
        }
        """
      Then the answer is a success, or a refusal that ends the example
      And the enterprise extension has both "department" and "costCenter", or no value at all

    Example: a user who is replaced
      Given a user "A"
      When the client sends PUT /Users/{A.id} with
        """json
        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{A.userName}",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours", "costCenter": "4130"}
        }
        """
      Then the answer is no server error
      When the client reads "A"
      Then the enterprise extension has both "department" and "costCenter", or no value at all

  @RFC7643-3.3-05 @IMPLIED
  Rule: An extension that the type does not have is never echoed
    Section 3.3. It is refused or dropped.

    Example: a new user
      When the client creates the user "A" with
        """json
        {"urn:example:params:scim:schemas:sduo:Undeclared": {"secret": "{marker}"}}
        """
      Then the answer is a success, or a refusal that ends the example
      And "A" now has no "urn:example:params:scim:schemas:sduo:Undeclared"

    Example: a new user whose schemas do not name it
      When the client sends POST /Users with
        """json
        {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{user A}",
          "urn:example:params:scim:schemas:sduo:Undeclared": {"secret": "{marker}"}
        }
        """
      Then the answer is a success, or a refusal that ends the example
      And its "urn:example:params:scim:schemas:sduo:Undeclared" is absent

    Example: a user who is replaced
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "urn:example:params:scim:schemas:sduo:Undeclared": {"secret": "{marker}"}}
        """
      Then the answer is no server error
      And "A" now has no "urn:example:params:scim:schemas:sduo:Undeclared"

    @requires.patch
    Example: a user who is patched
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "value": {"urn:example:params:scim:schemas:sduo:Undeclared": {"secret": "{marker}"}}}]
        """
      Then the answer is no server error
      And "A" now has no "urn:example:params:scim:schemas:sduo:Undeclared"

  @RFC7643-3.3-06 @IMPLIED @requires.enterprise
  Rule: The URN of a schema is recognised in any case
    RFC 7644 section 3.10 of the names of attributes. A value of "schemas" is a URN, of which "urn" and what follows it,
    the namespace, may be written in any case, and the rest may not (RFC 8141 section 3.1).

    Example: in the body of a new user
      When the client creates the user "A" with
        """json
        {
          "schemas": ["URN:IETF:params:scim:schemas:core:2.0:User", "URN:IETF:params:scim:schemas:extension:enterprise:2.0:User"],
          "URN:IETF:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}
        }
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """

    @requires.patch
    Example: in the path of a PATCH
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "path": "URN:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:user:department", "value": "Tours"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """

    Example: in a selection of attributes
      Given a user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      When the client sends GET /Users/{A.id}?attributes=URN:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:user:department
      Then its "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department" is "Tours"

  @RFC7643-3.3-07 @MAY @requires.enterprise
  Rule: An extension that has lost its last value may be named or not, but has no value
    Section 3.3: a URN says that attributes may be there, so that a server may go on naming it.

    Example: a PUT without it
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}"}
        """
      Then "A" now has no "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
      When the client reads "A"
      Then each resource names the base schema of its resource type

    @requires.patch
    Example: a PATCH that removes its value
      Given a stored user "A" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"}]
        """
      Then "A" now has no "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
      When the client reads "A"
      Then each resource names the base schema of its resource type
