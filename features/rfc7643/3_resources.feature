Feature: RFC 7643, 3 SCIM resources

  @RFC7643-3-01 @MUST
  Rule: Every message and resource names its schemas
    Section 3: a list with at least one URI, errors and lists included. The representations of schemas themselves
    are left out, since those of section 8.7 have none.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      And the client makes requests that have to be refused
      Then each message and each resource has at least one URI in "schemas"

  @RFC7643-3-02 @MUST
  Rule: A resource names no schema that is not of its type
    Section 3: what /ResourceTypes lists for the type, as base schema or extension.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then no resource names a schema that its resource type does not list

  @RFC7643-3-03 @MUST-NOT
  Rule: A resource names no schema twice
    Section 3.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then no resource names a schema twice

  @RFC7643-3-04 @MUST-NOT @requires.enterprise
  Rule: The order of the schemas makes no difference
    Section 3.

    Example: a new user whose extension comes first
      When the client creates the user "A" with
        """json
        {
          "schemas": ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "urn:ietf:params:scim:schemas:core:2.0:User"],
          "displayName": "Ann Other",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}
        }
        """
      Then the answer is a success
      And "A" now has
        """json
        {
          "displayName": "Ann Other",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}
        }
        """

    Example: a user who is replaced by one
      Given a user "A"
      When the client replaces "A" with
        """json
        {
          "schemas": ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "urn:ietf:params:scim:schemas:core:2.0:User"],
          "userName": "{A.userName}",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}
        }
        """
      Then "A" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"}}
        """
