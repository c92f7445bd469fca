Feature: RFC 7644, 3.10 Attribute notation
  An attribute can be named by its name alone or with the URN of its schema before
  it, a sub-attribute behind a dot, all in any case.

  Background:
    Given a stored user "A" with
      """json
      {"displayName": "{marker} Ann",
       "name": {"givenName": "Ann", "familyName": "Smith"},
       "emails": [{"value": "{user}", "type": "work", "primary": true}]}
      """

  @RFC7644-3.10-01 @IMPLIED
  Rule: A core attribute may be named with the URN of its schema
    In parameters, filters and paths it means what the name alone means.

    Example: in attributes
      When the client sends GET /Users/{A.id}?attributes=urn:ietf:params:scim:schemas:core:2.0:User:displayName
      Then it shows "id, displayName"
      And it shows nothing but "displayName"

    Example: a sub-attribute in attributes
      When the client sends GET /Users/{A.id}?attributes=urn:ietf:params:scim:schemas:core:2.0:User:name.familyName
      Then it shows "id, name.familyName"
      And it shows nothing but "name.familyName"

    Example: in excludedAttributes
      When the client sends GET /Users/{A.id}?excludedAttributes=urn:ietf:params:scim:schemas:core:2.0:User:displayName
      Then it does not show "displayName"
      And it shows "id, userName, name.givenName"

    @requires.filter
    Example: in a filter
      When the client sends GET /Users with the query
        | filter | urn:ietf:params:scim:schemas:core:2.0:User:userName eq "{A.userName}" |
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "A" is found

    @requires.filter
    Example: a sub-attribute in a filter
      When the client sends GET /Users with the query
        | filter | urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq "Smith" and userName eq "{A.userName}" |
      Then exactly "A" is found

    @requires.sort @requires.filter
    Example: in sortBy
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter | userName sw "{population}-"                                |
        | sortBy | urn:ietf:params:scim:schemas:core:2.0:User:name.familyName |
      Then they are sorted by "name.familyName", ascending

    @requires.patch
    Example: in the path of a PATCH
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:displayName", "value": "{marker} Anna"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "{marker} Anna"}
        """

    @requires.patch
    Example: a sub-attribute in the path of a PATCH
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName", "value": "Jones"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"name": {"givenName": "Ann", "familyName": "Jones"}}
        """

    @requires.groups @requires.filter
    Example: of a group in a filter
      Given a group "G"
      And a group "H"
      When the client sends GET /Groups with the query
        | filter | urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq "{G.displayName}" |
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "G" is found

    @requires.groups
    Example: of a group in excludedAttributes
      Given a group "G" with the members "A"
      When the client sends GET /Groups/{G.id}?excludedAttributes=urn:ietf:params:scim:schemas:core:2.0:Group:members
      Then it does not show "members"
      And it shows "id, displayName"

  @RFC7644-3.10-02 @IMPLIED
  Rule: Names and URNs of attributes are compared without regard to case
    Every part of the notation: URN, attribute and sub-attribute.

    Example: in attributes
      When the client sends GET /Users/{A.id}?attributes=DISPLAYNAME,username
      Then it shows "id, displayName, userName"
      And it shows nothing but "displayName, userName"

    Example: a sub-attribute in attributes
      When the client sends GET /Users/{A.id}?attributes=NAME.givenname
      Then it shows "id, name.givenName"
      And it shows nothing but "name.givenName"

    Example: with a URN in attributes
      When the client sends GET /Users/{A.id}?attributes=URN:IETF:params:scim:SCHEMAS:core:2.0:user:displayname
      Then it shows "id, displayName"
      And it shows nothing but "displayName"

    Example: in excludedAttributes
      When the client sends GET /Users/{A.id}?excludedAttributes=DisplayName,NAME
      Then it does not show "displayName, name"
      And it shows "id, userName"

    @requires.filter
    Example: in a filter
      When the client sends GET /Users with the query
        | filter | USERNAME eq "{A.userName}" |
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "A" is found

    @requires.filter
    Example: with a URN in a filter
      When the client sends GET /Users with the query
        | filter | urn:ietf:params:scim:schemas:CORE:2.0:USER:Username eq "{A.userName}" |
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "A" is found

    @requires.sort @requires.filter
    Example: in sortBy
      Given the 12 users and 3 groups of "fixtures/population/people.yaml"
      When the client pages through /Users with
        | filter    | userName sw "{population}-" |
        | sortBy    | NAME.familyname             |
        | sortOrder | descending                  |
      Then they are sorted by "name.familyName", descending

    @requires.patch
    Example: in the path of a PATCH
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "NAME.familyname", "value": "Jones"}]
        """
      Then the answer is a success
      And "A" now has
        """json
        {"name": {"givenName": "Ann", "familyName": "Jones"}}
        """

    @requires.search @requires.filter
    Example: in a search by POST
      When the client searches below /Users with
        """json
        {"filter": "username eq \"{A.userName}\"", "attributes": ["DisplayName"]}
        """
      Then every resource in it shows "id, displayName"
      And every resource in it shows nothing but "displayName"

  @RFC7644-3.10-03 @IMPLIED @requires.enterprise
  Rule: An attribute of an extension is named by the URN of its schema
    It is the only name that tells it from a core attribute.

    Background:
      Given a stored user "E" with
        """json
        {"userName": "{user e}",
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "{marker} Sales", "division": "North"}}
        """

    @requires.filter
    Example: in a filter
      When the client sends GET /Users with the query
        | filter | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "{marker} Sales" |
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "E" is found

    @requires.filter
    Example: in a filter, in another case
      When the client sends GET /Users with the query
        | filter | URN:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:User:Department eq "{marker} Sales" |
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "E" is found

    Example: in attributes, in another case
      When the client sends GET /Users/{E.id}?attributes=urn:ietf:params:scim:schemas:extension:enterprise:2.0:USER:DEPARTMENT
      Then it shows "id, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"
      And it shows nothing but "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"

    @requires.patch
    Example: in the path of a PATCH
      When the client patches "E" with
        """json
        [{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Support"}]
        """
      Then the answer is a success
      And "E" now has
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Support", "division": "North"}}
        """
