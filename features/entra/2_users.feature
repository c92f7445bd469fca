Feature: Entra ID provisions users
  Source: Microsoft Entra documentation, "Develop and plan provisioning for a
  SCIM endpoint", unless a Rule names another.

  @ENTRA-USER-01 @DOCUMENTED
  Rule: A user is looked up by userName before it is created
    Example: one of two users
      Given a user "A"
      And a user "B"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found
      And its "totalResults" is 1

  @ENTRA-USER-02 @DOCUMENTED
  Rule: A user is looked up by externalId
    The default for matching beside userName.

    Example: one of two users
      Given a stored user "A" with
        """
        {"externalId": "{marker}-a"}
        """
      And a stored user "B" with
        """
        {"externalId": "{marker}-b"}
        """
      When the client sends GET /Users with the query
        | filter | externalId eq "{marker}-a" |
      Then exactly "A" is found

  @ENTRA-USER-03 @ASSUMED
  Rule: A look-up whose value has no quotes is refused or understood, and is no accident
    The documentation prints it once so. It is no filter of the standard, hence 400 is right too.

    Example: externalId eq jyoung
      Given a stored user "A" with
        """
        {"externalId": "{marker}"}
        """
      When the client sends GET /Users with the query
        | filter | externalId eq {marker} |
      Then the answer is 200 or 400

  @ENTRA-USER-04 @ASSUMED
  Rule: A user is looked up by the work e-mail address
    The other way to ask for users that the documentation names; it is used if
    the administrator makes the address the matching attribute.

    Example: among users with other addresses
      Given a stored user "A" with
        """
        {"emails": [{"type": "work", "value": "a-{user}", "primary": true}]}
        """
      And a stored user "B" with
        """
        {"emails": [{"type": "work", "value": "b-{user}", "primary": true}]}
        """
      When the client sends GET /Users with the query
        | filter | emails[type eq "work"].value eq "a-{user}" |
      Then exactly "A" is found

  @ENTRA-USER-05 @DOCUMENTED
  Rule: Two matching attributes are asked for with "and"
    Of the operators only "eq" and "and" are used.

    Example: both fit one user, each alone fits another
      Given a stored user "A" with
        """
        {"externalId": "{marker}-a", "displayName": "Pat {marker}"}
        """
      And a stored user "B" with
        """
        {"externalId": "{marker}-b", "displayName": "Pat {marker}"}
        """
      When the client sends GET /Users with the query
        | filter | displayName eq "Pat {marker}" and externalId eq "{marker}-b" |
      Then exactly "B" is found

  @ENTRA-USER-06 @DOCUMENTED
  Rule: A new user comes with both schemas, a resource type and an empty list of roles
    The enterprise extension is named though the request has no attribute of it,
    meta is the server's own, and the roles say nothing.

    Example: the request of the documentation
      When the client creates the user "A" with
        """
        {
          "schemas": [
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
          "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef-{marker}",
          "active": true,
          "emails": [{"primary": true, "type": "work", "value": "{user}"}],
          "meta": {"resourceType": "User"},
          "name": {"formatted": "givenName familyName", "familyName": "familyName", "givenName": "givenName"},
          "roles": []
        }
        """
      Then the answer is 201
      And its "id" is present
      And its "userName" contains "{user A}"
      And "A" now has
        """
        {"active": true, "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef-{marker}"}
        """

  @ENTRA-USER-07 @ASSUMED
  Rule: Values are kept in the form in which they were sent
    The documentation advises against every transformation, as Entra ID would
    see a difference and send the value again in each cycle.

    Example: spelling and letters beyond ASCII
      When the client creates the user "A" with
        """
        {"externalId": "{marker}-AbC", "displayName": "Zoë McIntyre-ÅSE"}
        """
      Then the answer is 201
      And "A" now has
        """
        {"externalId": "{marker}-AbC", "displayName": "Zoë McIntyre-ÅSE"}
        """

  @ENTRA-USER-08 @ASSUMED
  Rule: A user who is there already is a conflict
    Entra ID then matches the user instead. Source: MicrosoftDocs/azure-docs issue 11784, a log of its requests; RFC 7644 section 3.3.

    Example: the same userName again
      Given a user "A"
      When the client creates the user "B" with
        """
        {"userName": "{A.userName}"}
        """
      Then the answer is 409

  @ENTRA-USER-09 @DOCUMENTED
  Rule: A user who does not exist is not found
    The status counts; the documentation demands no detail.

    Example: an id that nobody has
      When the client sends GET /Users/{marker}-5171a35d82074e068ce2
      Then the answer is 404

  @ENTRA-USER-10 @DOCUMENTED
  Rule: The operations of a PATCH begin with a capital letter
    Add, Replace and Remove are what Entra ID sends. A target that is strict about
    it can neither change nor deactivate anybody.

    Scenario Outline: <op>
      Given a stored user "A" with
        """
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """
        [{"op": "<op>", "path": "displayName", "value": "After"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"displayName": "After"}
        """

      Examples:
        | op      |
        | Add     |
        | Replace |

    Example: Remove
      Given a stored user "A" with
        """
        {"externalId": "{marker}"}
        """
      When the client patches "A" with
        """
        [{"op": "Remove", "path": "externalId"}]
        """
      Then the answer is 200 or 204
      And "A" now has no "externalId"

  @ENTRA-USER-11 @DOCUMENTED
  Rule: A user is disabled and enabled by a boolean that is written as a string
    So without the feature flag aadOptscim062020.
    Source: Microsoft Entra documentation, "Known issues with SCIM 2.0 protocol compliance", Requests made to disable users.

    Example: False disables
      Given a stored user "A" with
        """
        {"active": true, "displayName": "Pat"}
        """
      When the client patches "A" with
        """
        [{"op": "Replace", "path": "active", "value": "False"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": false, "displayName": "Pat"}
        """

    Example: True enables again
      Given a stored user "A" with
        """
        {"active": false}
        """
      When the client patches "A" with
        """
        [{"op": "Replace", "path": "active", "value": "True"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": true}
        """

  @ENTRA-USER-12 @DOCUMENTED
  Rule: With the feature flag a user is disabled by a boolean
    Source: Microsoft Entra documentation, "Known issues with SCIM 2.0 protocol compliance", Requests made to disable users.

    Example: disabled and restored
      Given a stored user "A" with
        """
        {"active": true}
        """
      When the client patches "A" with
        """
        [{"op": "replace", "path": "active", "value": false}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": false}
        """
      When the client patches "A" with
        """
        [{"op": "replace", "path": "active", "value": true}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"active": true}
        """

  @ENTRA-USER-13 @DOCUMENTED
  Rule: A disabled user is still there
    A user is soft-deleted by active=false and is to be returned until it is
    deleted; otherwise Entra ID creates it a second time.

    Example: by userName, by externalId and by id
      Given a stored user "A" with
        """
        {"active": true, "externalId": "{marker}"}
        """
      When the client patches "A" with
        """
        [{"op": "Replace", "path": "active", "value": false}]
        """
      Then the answer is 200 or 204
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then exactly "A" is found
      And its "Resources[0].active" is false
      When the client sends GET /Users with the query
        | filter | externalId eq "{marker}" |
      Then exactly "A" is found
      And "A" now has
        """
        {"active": false}
        """

  @ENTRA-USER-14 @DOCUMENTED @requires.enterprise
  Rule: Several attributes are replaced by one operation each
    So without the feature flag.
    Source: Microsoft Entra documentation, "Known issues with SCIM 2.0 protocol compliance", Requests to replace multiple attributes.

    Example: the request of the documentation
      Given a stored user "A" with
        """
        {
          "displayName": "Before", "externalId": "{marker}-before",
          "name": {"givenName": "Before", "familyName": "Before"},
          "emails": [{"type": "work", "value": "before-{user}", "primary": true}],
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "{marker}-1"}
        }
        """
      When the client patches "A" with
        """
        [
          {"op": "Replace", "path": "displayName", "value": "Pvlo"},
          {"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "after-{user}"},
          {"op": "Replace", "path": "name.givenName", "value": "Gtfd"},
          {"op": "Replace", "path": "name.familyName", "value": "Pkqf"},
          {"op": "Replace", "path": "externalId", "value": "{marker}-after"},
          {"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "value": "{marker}-2"}
        ]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {
          "displayName": "Pvlo", "externalId": "{marker}-after",
          "name": {"givenName": "Gtfd", "familyName": "Pkqf"},
          "emails": [{"type": "work", "value": "after-{user}"}],
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "{marker}-2"}
        }
        """

  @ENTRA-USER-15 @DOCUMENTED
  Rule: With the feature flag several attributes are replaced by one operation without a path
    Its names are dotted: "name.givenName" is the givenName in name, no attribute of its own.
    Source: Microsoft Entra documentation, "Known issues with SCIM 2.0 protocol compliance", Requests to replace multiple attributes.

    Example: dotted names, beside an operation with a path
      Given a stored user "A" with
        """
        {
          "displayName": "Before", "name": {"givenName": "Before", "familyName": "Before"},
          "emails": [{"type": "work", "value": "before-{user}", "primary": true}]
        }
        """
      When the client patches "A" with
        """
        [
          {"op": "replace", "path": "emails[type eq \"work\"].value", "value": "after-{user}"},
          {"op": "replace", "value": {"displayName": "Bjfe", "name.givenName": "Kkom", "name.familyName": "Unua"}}
        ]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {
          "displayName": "Bjfe", "name": {"givenName": "Kkom", "familyName": "Unua"},
          "emails": [{"type": "work", "value": "after-{user}"}]
        }
        """

    Example: a dotted name leaves the rest of the name alone
      Given a stored user "A" with
        """
        {"name": {"givenName": "Before", "familyName": "Before"}}
        """
      When the client patches "A" with
        """
        [{"op": "replace", "value": {"name.givenName": "After"}}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"name": {"givenName": "After", "familyName": "Before"}}
        """

  @ENTRA-USER-16 @DOCUMENTED @requires.enterprise
  Rule: With the feature flag an attribute of an extension is named by its URN, a colon and its name
    Source: Microsoft Entra documentation, "Known issues with SCIM 2.0 protocol compliance", Requests to replace multiple attributes.

    Example: in an operation without a path
      Given a stored user "A" with
        """
        {
          "displayName": "Before",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "{marker}-1", "department": "Before"}
        }
        """
      When the client patches "A" with
        """
        [{"op": "replace", "value": {
          "displayName": "Bjfe",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "{marker}-Aklq"
        }}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {
          "displayName": "Bjfe",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "{marker}-Aklq", "department": "Before"}
        }
        """

  @ENTRA-USER-17 @ASSUMED
  Rule: Adding the value of a work address that is not there yet creates it
    The standard does not say what such a path means. Source: Captain-P-Goldfish/SCIM-SDK issue 416, a request of Microsoft's SCIM validator.

    Example: a user without addresses
      Given a user "A" with
        """
        {"emails": null}
        """
      When the client patches "A" with
        """
        [{"op": "Add", "path": "emails[type eq \"work\"].value", "value": "new-{user}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"emails": [{"type": "work", "value": "new-{user}"}]}
        """

  @ENTRA-USER-18 @DOCUMENTED
  Rule: A user is renamed by replacing userName, and stays the same user
    Example: the new name is found, the old one is free
      Given a user "A"
      And "userName" of "A" is remembered as "old"
      When the client patches "A" with
        """
        [{"op": "Replace", "path": "userName", "value": "{user renamed}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"userName": "{user renamed}"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{user renamed}" |
      Then exactly "A" is found
      When the client sends GET /Users with the query
        | filter | userName eq "{old}" |
      Then nothing is found

  @ENTRA-USER-19 @ASSUMED @requires.enterprise
  Rule: The manager is the bare id of a user
    The standard's manager is an object with a value; a target that insists on
    it never learns who manages whom.
    Source: Captain-P-Goldfish/SCIM-SDK issue 541; apache/directory-scimple issue 1242.

    Example: the first manager, and another one
      Given a user "M"
      And a user "N"
      And a user "A"
      When the client patches "A" with
        """
        [{"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "{M.id}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{M.id}"}}}
        """
      When the client patches "A" with
        """
        [{"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "{N.id}"}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "{N.id}"}}}
        """

  @ENTRA-USER-20 @ASSUMED @requires.enterprise
  Rule: An empty string removes the manager
    Source: Captain-P-Goldfish/SCIM-SDK issue 652.

    Example: a user with a manager and a department
      Given a user "M"
      And a stored user "A" with
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "manager": {"value": "{M.id}"}}}
        """
      When the client patches "A" with
        """
        [{"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": ""}]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "manager": null}}
        """

  @ENTRA-USER-21 @ASSUMED
  Rule: Several operations on one attribute take effect in their order
    Source: Microsoft's SCIM validator, its test of a PATCH with multiple operations on the same attribute; RFC 7644 section 3.5.2.

    Example: the last value stays
      Given a stored user "A" with
        """
        {"displayName": "Before"}
        """
      When the client patches "A" with
        """
        [
          {"op": "Add", "path": "displayName", "value": "First"},
          {"op": "Replace", "path": "displayName", "value": "Second"},
          {"op": "Replace", "path": "displayName", "value": "Third"}
        ]
        """
      Then the answer is 200 or 204
      And "A" now has
        """
        {"displayName": "Third"}
        """

  @ENTRA-USER-22 @DOCUMENTED
  Rule: A user is deleted for good
    Thirty days after the soft deletion, or at once if so configured.

    Example: gone by id and by name
      Given a user "A"
      When the client deletes "A"
      Then the answer is 204
      And "A" is gone
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then nothing is found

  @ENTRA-USER-23 @ASSUMED @requires.patch
  Rule: Parts of a work address that is not there yet, added one by one, make one address
    The mapping of Entra ID has a path for each part of an address, and a request with several of them. The standard does
    not say what such a path means where no element matches: a target may refuse it, but two addresses of one user who
    has one are wrong in any case.

    Example: a user without addresses
      Given a user "A"
      When the client patches "A" with
        """
        [{"op": "Add", "path": "addresses[type eq \"work\"].streetAddress", "value": "1 Main Street"},
         {"op": "Add", "path": "addresses[type eq \"work\"].locality", "value": "Springfield"},
         {"op": "Add", "path": "addresses[type eq \"work\"].postalCode", "value": "12345"}]
        """
      Then "A" now has, unless the answer is a refusal
        """
        {"addresses": [{"type": "work", "streetAddress": "1 Main Street", "locality": "Springfield", "postalCode": "12345"}]}
        """

    Example: beside an address of another type
      Given a stored user "A" with
        """
        {"addresses": [{"type": "home", "locality": "Shelbyville"}]}
        """
      When the client patches "A" with
        """
        [{"op": "Add", "path": "addresses[type eq \"work\"].locality", "value": "Springfield"},
         {"op": "Add", "path": "addresses[type eq \"work\"].region", "value": "IL"}]
        """
      Then "A" now has, unless the answer is a refusal
        """
        {"addresses": [{"type": "home", "locality": "Shelbyville"}, {"type": "work", "locality": "Springfield", "region": "IL"}]}
        """
