Feature: RFC 7644, 3.4.2.5 Choosing attributes in queries
  What the target declares to be always returned may be shown whatever was asked
  for, and meta too, which no schema declares.

  Background:
    Given a stored user "A" with
      """json
      {"displayName": "{marker} Ann",
       "name": {"givenName": "Ann", "familyName": "Smith"},
       "emails": [{"value": "{user}", "type": "work", "primary": true}]}
      """

  @RFC7644-3.4.2.5-01 @MUST
  Rule: attributes is honoured when a resource is read
    Only what is named is shown, beside the minimum set.

    Example: one attribute
      When the client sends GET /Users/{A.id}?attributes=displayName
      Then it shows "id, schemas, displayName"
      And it shows nothing but "displayName"

    Example: several attributes
      When the client sends GET /Users/{A.id}?attributes=userName,emails
      Then it shows "id, userName, emails.value, emails.type"
      And it shows nothing but "userName, emails"

    Example: a complex attribute
      When the client sends GET /Users/{A.id}?attributes=name
      Then it shows "name.givenName, name.familyName"
      And it shows nothing but "name"

    Example: meta
      When the client sends GET /Users/{A.id}?attributes=meta
      Then it shows "id, meta.resourceType"
      And it shows nothing but "meta"

    Example: an attribute that the user does not have
      When the client sends GET /Users/{A.id}?attributes=nickName
      Then it shows "id, schemas"
      And it shows nothing but "nickName"

    @requires.groups
    Example: a group without its members
      Given a group "G" with the members "A"
      When the client sends GET /Groups/{G.id}?attributes=displayName
      Then it shows "id, displayName"
      And it shows nothing but "displayName"

    @requires.groups
    Example: the members of a group
      Given a group "G" with the members "A"
      When the client sends GET /Groups/{G.id}?attributes=members
      Then it shows "id, members.value"
      And it shows nothing but "members"

    @requires.enterprise
    Example: lists, parts and an attribute of an extension, of a user with all there is
      When the client creates the user "F" with
        """json
        {"userName": "{user full}", "displayName": "{marker} Fay", "externalId": "{marker}-full", "title": "Analyst", "active": true,
         "name": {"givenName": "Fay", "familyName": "Gray"}, "locale": "en-US", "userType": "Employee",
         "emails": [{"value": "{user full}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}],
         "phoneNumbers": [{"value": "tel:+12015550123", "type": "work"}],
         "addresses": [{"type": "work", "streetAddress": "1 Main Street", "locality": "Springfield", "country": "US"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "division": "North", "employeeNumber": "{marker}-7"}}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client sends GET /Users/{F.id}?attributes=emails,name,externalId,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department
      Then it shows "emails, name, externalId, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department" as a read of "F" does
      And it shows nothing but "emails, name, externalId, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"

  @RFC7644-3.4.2.5-02 @MUST
  Rule: attributes is honoured in lists
    By every resource of the list.

    @requires.filter
    Example: one user
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | attributes | displayName                |
      Then every resource in it shows "id, schemas, displayName"
      And every resource in it shows nothing but "displayName"

    Example: all users
      When the client sends GET /Users with the query
        | attributes | userName,name |
        | count      | 5             |
      Then every resource in it shows "id, userName"
      And every resource in it shows nothing but "userName, name"

    @requires.filter
    Example: what the filter looks at is not shown for that
      When the client sends GET /Users with the query
        | filter     | displayName eq "{A.displayName}" and userName eq "{A.userName}" |
        | attributes | emails                                                          |
      Then every resource in it shows "id, emails.value"
      And every resource in it shows nothing but "emails"

    @requires.groups @requires.filter
    Example: groups
      Given a group "G" with the members "A"
      When the client sends GET /Groups with the query
        | filter     | displayName eq "{G.displayName}" |
        | attributes | displayName                      |
      Then every resource in it shows "id, displayName"
      And every resource in it shows nothing but "displayName"

    @requires.filter @requires.enterprise
    Example: an extension beside other attributes, of a user with all there is
      When the client creates the user "F" with
        """json
        {"userName": "{user full}", "displayName": "{marker} Fay", "externalId": "{marker}-full", "title": "Analyst", "active": true,
         "name": {"givenName": "Fay", "familyName": "Gray"}, "locale": "en-US", "userType": "Employee",
         "emails": [{"value": "{user full}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}],
         "phoneNumbers": [{"value": "tel:+12015550123", "type": "work"}],
         "addresses": [{"type": "work", "streetAddress": "1 Main Street", "locality": "Springfield", "country": "US"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "division": "North", "employeeNumber": "{marker}-7"}}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client sends GET /Users with the query
        | filter     | userName eq "{F.userName}"                                                  |
        | attributes | emails,addresses,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User |
      Then it shows "emails, addresses, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" as a read of "F" does
      And it shows nothing but "emails, addresses, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

  @RFC7644-3.4.2.5-03 @MUST
  Rule: excludedAttributes is honoured when a resource is read, and in lists
    What is named is left out; everything else stays.

    Example: one attribute of a user
      When the client sends GET /Users/{A.id}?excludedAttributes=displayName
      Then it does not show "displayName"
      And it shows "id, schemas, userName, name.givenName, name.familyName, emails.value"

    Example: several attributes of a user
      When the client sends GET /Users/{A.id}?excludedAttributes=emails,name
      Then it does not show "emails, name"
      And it shows "id, userName, displayName"

    @requires.filter
    Example: in a list
      When the client sends GET /Users with the query
        | filter             | userName eq "{A.userName}" |
        | excludedAttributes | name,emails                |
      Then every resource in it does not show "name, emails"
      And every resource in it shows "id, schemas, userName, displayName"

    Example: in a list without a filter
      When the client sends GET /Users with the query
        | excludedAttributes | name |
        | count              | 5    |
      Then every resource in it does not show "name"
      And every resource in it shows "id, userName"

    @requires.groups
    Example: the members of a group
      Given a group "G" with the members "A"
      When the client sends GET /Groups/{G.id}?excludedAttributes=members
      Then it does not show "members"
      And it shows "id, displayName"

    @requires.groups @requires.filter
    Example: the members of groups in a list
      Given a group "G" with the members "A"
      When the client sends GET /Groups with the query
        | filter             | displayName eq "{G.displayName}" |
        | excludedAttributes | members                          |
      Then every resource in it does not show "members"
      And every resource in it shows "id, displayName"

    Scenario Outline: all but "<left>" of a user
      When the client sends GET /Users/{A.id}?excludedAttributes=<left>
      Then it does not show "<left>"
      And it shows everything that a read of "A" shows, except "<left>"

      Examples:
        | left            |
        | emails          |
        | name            |
        | displayName     |
        | name.familyName |

    @requires.enterprise
    Scenario Outline: all but "<left>" of a user with all there is
      When the client creates the user "F" with
        """json
        {"userName": "{user full}", "displayName": "{marker} Fay", "externalId": "{marker}-full", "title": "Analyst", "active": true,
         "name": {"givenName": "Fay", "familyName": "Gray"}, "locale": "en-US", "userType": "Employee",
         "emails": [{"value": "{user full}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}],
         "phoneNumbers": [{"value": "tel:+12015550123", "type": "work"}],
         "addresses": [{"type": "work", "streetAddress": "1 Main Street", "locality": "Springfield", "country": "US"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "division": "North", "employeeNumber": "{marker}-7"}}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client sends GET /Users/{F.id}?excludedAttributes=<left>
      Then it does not show "<left>"
      And it shows everything that a read of "F" shows, except "<left>"

      Examples:
        | left        |
        | emails      |
        | name        |
          | addresses,title |

    @requires.filter @requires.enterprise
    Example: all but the e-mail addresses, in a list
      When the client creates the user "F" with
        """json
        {"userName": "{user full}", "displayName": "{marker} Fay", "externalId": "{marker}-full", "title": "Analyst", "active": true,
         "name": {"givenName": "Fay", "familyName": "Gray"}, "locale": "en-US", "userType": "Employee",
         "emails": [{"value": "{user full}", "type": "work", "primary": true}, {"value": "{user home}", "type": "home"}],
         "phoneNumbers": [{"value": "tel:+12015550123", "type": "work"}],
         "addresses": [{"type": "work", "streetAddress": "1 Main Street", "locality": "Springfield", "country": "US"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "division": "North", "employeeNumber": "{marker}-7"}}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client sends GET /Users with the query
        | filter             | userName eq "{F.userName}" |
        | excludedAttributes | emails                     |
      Then every resource in it does not show "emails"
      And it shows everything that a read of "F" shows, except "emails"

  @RFC7644-3.4.2.5-04 @SHALL
  Rule: excludedAttributes cannot take away what is always returned
    The id above all.

    Example: the id of a user
      When the client sends GET /Users/{A.id}?excludedAttributes=id
      Then it shows "id, userName"

    Example: the id among others
      When the client sends GET /Users/{A.id}?excludedAttributes=id,schemas,displayName
      Then it shows "id, schemas, userName"
      And it does not show "displayName"

    @requires.filter
    Example: the id in a list
      When the client sends GET /Users with the query
        | filter             | userName eq "{A.userName}" |
        | excludedAttributes | id                         |
      Then every resource in it shows "id, userName"

    @requires.groups
    Example: the id of a group
      Given a group "G"
      When the client sends GET /Groups/{G.id}?excludedAttributes=id
      Then it shows "id, displayName"

  @RFC7644-3.4.2.5-05 @IMPLIED
  Rule: Sub-attributes can be chosen alone
    A dot leads from an attribute to its part.

    Example: one part of the name
      When the client sends GET /Users/{A.id}?attributes=name.givenName
      Then it shows "id, name.givenName"
      And it shows nothing but "name.givenName"

    Example: parts of two attributes
      When the client sends GET /Users/{A.id}?attributes=name.familyName,emails.value
      Then it shows "id, name.familyName, emails.value"
      And it shows nothing but "name.familyName, emails.value"

    Example: a part of meta
      When the client sends GET /Users/{A.id}?attributes=meta.resourceType
      Then it shows "id, meta.resourceType"
      And it shows nothing but "meta.resourceType"

    Example: all but one part of the name
      When the client sends GET /Users/{A.id}?excludedAttributes=name.familyName
      Then it does not show "name.familyName"
      And it shows "id, userName, name.givenName, displayName"

    Example: all but the type of the e-mail addresses
      When the client sends GET /Users/{A.id}?excludedAttributes=emails.type
      Then it does not show "emails.type"
      And it shows "id, emails.value"

    @requires.filter
    Example: in a list
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | attributes | name.familyName            |
      Then every resource in it shows "id, name.familyName"
      And every resource in it shows nothing but "name.familyName"

    @requires.groups
    Example: the values of members
      Given a group "G" with the members "A"
      When the client sends GET /Groups/{G.id}?attributes=members.value
      Then it shows "id, members.value"
      And it shows nothing but "members.value"

  @RFC7644-3.4.2.5-06 @IMPLIED @requires.enterprise
  Rule: Attributes of an extension are chosen by its URN, one of them or all
    The URN stands before the attribute, or alone for the whole extension.

    Background:
      Given a stored user "E" with
        """json
        {"userName": "{user e}", "displayName": "{marker} Eve",
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "division": "North"}}
        """

    Example: one attribute of the extension
      When the client sends GET /Users/{E.id}?attributes=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department
      Then it shows "id, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"
      And it shows nothing but "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"

    Example: the whole extension
      When the client sends GET /Users/{E.id}?attributes=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User
      Then it shows "id, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division"
      And it shows nothing but "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    Example: a part of a complex attribute of the extension
      Given a user "M"
      And a stored user "W" with
        """json
        {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Sales", "manager": {"value": "{M.id}"}}}
        """
      When the client sends GET /Users/{W.id}?attributes=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value
      Then it shows "id, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value"
      And it shows nothing but "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"

    Example: all but one attribute of the extension
      When the client sends GET /Users/{E.id}?excludedAttributes=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department
      Then it does not show "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"
      And it shows "id, userName, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division"

    Example: all but the extension
      When the client sends GET /Users/{E.id}?excludedAttributes=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User
      Then it does not show "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
      And it shows "id, userName, displayName"

    @requires.filter
    Example: in a list
      When the client sends GET /Users with the query
        | filter     | userName eq "{E.userName}"                                                     |
        | attributes | userName,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division |
      Then every resource in it shows "id, userName, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division"
      And every resource in it shows nothing but "userName, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division"

  @RFC7644-3.4.2.5-07 @IMPLIED
  Rule: Names that the target does not know do no harm
    It may refuse them. If it does not, the names that it does know are honoured.

    Example: an unknown name beside a known one
      When the client sends GET /Users/{A.id}?attributes=sduoUnknown,displayName
      Then it shows "id, displayName", or the request is refused
      And it shows nothing but "displayName", or the request is refused

    Example: only an unknown name
      When the client sends GET /Users/{A.id}?attributes=sduoUnknown
      Then it shows "id", or the request is refused
      And it shows nothing but "sduoUnknown", or the request is refused

    Example: an unknown name among those to leave out
      When the client sends GET /Users/{A.id}?excludedAttributes=sduoUnknown
      Then it shows "id, userName, displayName, name.givenName", or the request is refused

    Example: an unknown sub-attribute
      When the client sends GET /Users/{A.id}?attributes=name.sduoUnknown,userName
      Then it shows "id, userName", or the request is refused

    Example: an unknown extension
      When the client sends GET /Users/{A.id}?excludedAttributes=urn:example:sduo:2.0:User:thing
      Then it shows "id, userName, displayName", or the request is refused

    @requires.filter
    Example: in a list
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | attributes | userName,sduoUnknown       |
      Then every resource in it shows "id, userName", or the request is refused
      And every resource in it shows nothing but "userName", or the request is refused

  @RFC7644-3.4.2.5-08 @IMPLIED
  Rule: attributes cannot bring out what is never returned
    A password stays hidden, also from who asks for it by name.

    Example: of one user
      When the client sends GET /Users/{A.id}?attributes=password,userName
      Then it shows "id, userName", or the request is refused
      And it shows nothing but "userName", or the request is refused

    @requires.filter
    Example: in a list
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | attributes | password                   |
      Then every resource in it shows nothing but "id", or the request is refused

  @RFC7644-3.4.2.5-09 @IMPLIED @requires.filter
  Rule: The choice of attributes does not change which resources are found
    Neither how many there are.

    Example: with attributes
      When the client sends GET /Users with the query
        | filter     | userName eq "{A.userName}" |
        | attributes | name.givenName             |
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "A" is found

    Example: with excludedAttributes, also of what the filter looks at
      When the client sends GET /Users with the query
        | filter             | userName eq "{A.userName}" |
        | excludedAttributes | userName,name              |
      Then its "totalResults" is 1, and it shows 1 resource
      And exactly "A" is found
