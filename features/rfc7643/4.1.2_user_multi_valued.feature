Feature: RFC 7643, 4.1.2 Multi-valued attributes of users

  @RFC7643-4.1.2-01 @SHOULD
  Rule: An e-mail address comes out as one
    Section 4.1.2 refers to RFC 5321.

    Example: a user with two addresses
      Given a user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client reads "A"
      Then each "emails.value" has a local part, "@" and a domain

    Example: a user with a plus sign in his address
      Given a user "A" with
        """json
        {"emails": [{"value": "plus+{user work}", "type": "work"}]}
        """
      When the client reads "A"
      Then each "emails.value" has a local part, "@" and a domain

  @RFC7643-4.1.2-02 @SHOULD
  Rule: The domain of an e-mail address is written in lower case
    Section 4.1.2. The canonical form may stand in "display" instead. The part before the @ keeps its case.

    Example: an address in capital letters
      Given a user "A" with
        """json
        {"emails": [{"value": "{upper user mail}", "type": "work"}]}
        """
      When the client reads "A"
      Then each "emails.value" or its "display" has its domain in lower case

  @RFC7643-4.1.2-03 @SHOULD
  Rule: A telephone number is still the same number
    Section 4.1.2: a server should write it as RFC 3966 does; the digits tell whether it does so with the number that was sent.

    Example: a number at work and a mobile one
      Given the target knows "phoneNumbers" of users
      When the client creates the user "A" with
        """json
        {"phoneNumbers": [
          {"value": "tel:+1-201-555-0123", "type": "work"},
          {"value": "tel:+1-201-555-0124", "type": "mobile"}
        ]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then every "phoneNumbers[].value" of the answer has the digits "12015550123" or "12015550124"

  @RFC7643-4.1.2-04 @SHOULD
  Rule: The address of a messenger has neither white space nor capital letters
    Section 4.1.2.

    Example: one with both
      Given the target knows "ims" of users
      When the client creates the user "A" with
        """json
        {"ims": [{"value": "Some One AIM", "type": "aim"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then each "ims.value" is in lower case and without white space

  @RFC7643-4.1.2-05 @MUST @unobservable
  Rule: A photo is a picture and no web page
    Section 4.1.2. Whether the address leads to a picture is decided at the host that has it, and not by the server.

  @RFC7643-4.1.2-06 @MUST
  Rule: A country is written as its code of two letters
    Section 4.1.2: ISO 3166-1 alpha-2.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each "addresses.country" is a code of two letters

    Example: a user at home in two countries
      Given the target knows "addresses" of users
      When the client creates the user "A" with
        """json
        {"addresses": [{"type": "work", "country": "US"}, {"type": "home", "country": "SE"}]}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"addresses": [{"type": "work", "country": "US"}, {"type": "home", "country": "SE"}]}
        """

  @RFC7643-4.1.2-07 @MAY
  Rule: The lines of a postal address survive
    Section 4.1.2 lets the formatted and the street address have several lines. A server may refuse them.

    Example: an address of three lines
      Given the target knows "addresses" of users
      When the client creates the user "A" with
        """json
        {"addresses": [{"type": "work", "formatted": "100 Universal City Plaza\nHollywood, CA 91608\nUSA", "streetAddress": "Building 4\nRoom 2"}]}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"addresses": [{"formatted": "100 Universal City Plaza\nHollywood, CA 91608\nUSA", "streetAddress": "Building 4\nRoom 2"}]}
        """

  @RFC7643-4.1.2-08 @MUST @requires.groups
  Rule: A user's groups are called by their ids
    Section 4.1.2; a $ref, where there is one, is the address of the group.

    Example: a user in one group
      Given the target shows the groups of a user
      And a user "A"
      And a user "B"
      And a group "G" with the members "A"
      And a group "H" with the members "B"
      Then "A" now has
        """json
        {"groups": [{"value": "{G.id}"}]}
        """
      When the client follows "meta.location" and each "$ref" of "A"
      Then each of them leads to the resource that it names

    Example: a user in two groups
      Given the target shows the groups of a user
      And a user "A"
      And a group "G" with the members "A"
      And a group "H" with the members "A"
      Then "A" now has
        """json
        {"groups": [{"value": "{G.id}"}, {"value": "{H.id}"}]}
        """
      When the client follows "meta.location" and each "$ref" of "A"
      Then each of them leads to the resource that it names

    Example: the name of a group that was renamed
      Given the target shows the groups of a user
      And a user "A"
      And a group "G" with the members "A"
      When the client changes "G" by a PUT with
        """json
        {"displayName": "{group} renamed"}
        """
      And the client reads "A"
      Then every "groups[].display" of the answer is one of "{group} renamed", if there

    @requires.filter
    Example: a list shows them too
      Given the target shows the groups of a user
      And a user "A"
      And a group "G" with the members "A"
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then the answer has
        """json
        {"Resources": [{"groups": [{"value": "{G.id}"}]}]}
        """

  @RFC7643-4.1.2-09 @MUST @requires.groups
  Rule: A user's groups are not changed at the user
    Section 4.1.2: readOnly. What a client writes is ignored, or refused by a PATCH.

    Example: a new user
      Given a group "G"
      When the client creates the user "A" with
        """json
        {"groups": [{"value": "{G.id}"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      And "A" now has no "groups"
      And the members of "G" are ""

    Example: a PUT that adds one
      Given a group "G"
      And a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "groups": [{"value": "{G.id}"}]}
        """
      Then the answer is no server error
      And "A" now has no "groups"
      And the members of "G" are ""

    Example: a PUT that leaves them out
      Given a user "A"
      And a group "G" with the members "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}"}
        """
      Then the members of "G" are "A"

    Example: a PUT that empties them
      Given a user "A"
      And a group "G" with the members "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "groups": []}
        """
      Then the answer is no server error
      And the members of "G" are "A"

    @requires.patch
    Example: a PATCH that adds one
      Given a group "G"
      And a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "path": "groups", "value": [{"value": "{G.id}"}]}]
        """
      Then the answer is no server error
      And "A" now has no "groups"
      And the members of "G" are ""

    @requires.patch
    Example: a PATCH that removes them
      Given a user "A"
      And a group "G" with the members "A"
      When the client patches "A" with
        """json
        [{"op": "remove", "path": "groups"}]
        """
      Then the answer is no server error
      And the members of "G" are "A"

  @RFC7643-4.1.2-10 @IMPLIED @requires.groups
  Rule: A user's groups follow the members of the groups
    Section 4.1.2: they are changed at the Group.

    @requires.patch
    Example: he is added by a PATCH
      Given the target shows the groups of a user
      And a user "A"
      And a group "G"
      When the client patches "G" with
        """json
        [{"op": "add", "path": "members", "value": [{"value": "{A.id}"}]}]
        """
      Then "A" now has
        """json
        {"groups": [{"value": "{G.id}"}]}
        """

    Example: he is added by a PUT
      Given the target shows the groups of a user
      And a user "A"
      And a group "G"
      When the client changes "G" by a PUT with
        """json
        {"members": [{"value": "{A.id}"}]}
        """
      Then "A" now has
        """json
        {"groups": [{"value": "{G.id}"}]}
        """

    @requires.patch
    Example: he is removed by a PATCH
      Given the target shows the groups of a user
      And a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client patches "G" with
        """json
        [{"op": "remove", "path": "members[value eq \"{A.id}\"]"}]
        """
      Then "A" now has no "groups"
      And "B" now has
        """json
        {"groups": [{"value": "{G.id}"}]}
        """

    Example: he is removed by a PUT
      Given the target shows the groups of a user
      And a user "A"
      And a group "G" with the members "A"
      When the client replaces "G" with
        """json
        {"displayName": "{G.displayName}"}
        """
      Then "A" now has no "groups"

    Example: one of his groups is deleted
      Given the target shows the groups of a user
      And a user "A"
      And a group "G" with the members "A"
      And a group "H" with the members "A"
      When the client deletes "G"
      Then "A" now has
        """json
        {"groups": [{"value": "{H.id}"}]}
        """

    Example: another user's membership is not his
      Given the target shows the groups of a user
      And a user "A"
      And a user "B"
      And a group "G" with the members "B"
      When the client reads "A"
      Then "A" now has no "groups"

  @RFC7643-4.1.2-11 @IMPLIED @requires.groups
  Rule: A user is in a group directly or indirectly
    Section 4.1.2: "direct" for a group that names him, "indirect" for one that he is in through another one.

    Example: a group that names him
      Given the target shows the groups of a user
      And a user "A"
      And a group "G" with the members "A"
      When the client reads "A"
      Then every "groups[].type" of the answer is one of "direct", if there

    Example: a group of groups
      Given the target shows the groups of a user
      And a user "A"
      And a group "G" with the members "A"
      When the client creates the group "H" with
        """json
        {"members": [{"value": "{G.id}", "type": "Group"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then every "groups[].type" of the answer is one of "direct, indirect", if there

  @RFC7643-4.1.2-12 @MUST
  Rule: A certificate is one DER structure in base64
    Section 4.1.2: neither PEM nor several certificates in one value.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then each "x509Certificates.value" is one DER structure in base64

    Example: a user with a certificate
      Given the target knows "x509Certificates" of users
      When the client creates the user "A" with
        """json
        {"x509Certificates": [{"value": "{certificate}"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then each "x509Certificates.value" is one DER structure in base64
