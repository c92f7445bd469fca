Feature: RFC 7643, 2.3 Attribute data types

  @RFC7643-2.3-01 @IMPLIED @abuse
  Rule: A value of another JSON type than the attribute's is never stored as it was sent
    Section 2.3 gives every attribute a type. A server refuses such a value, or converts it; what comes out
    is of the right type either way.

    Scenario Outline: <attribute> is sent as <sent>
      When the client creates the user "A" with
        """json
        {"<attribute>": <sent>}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then each value of type string is a JSON string
      And each multi-valued attribute is an array, and no other attribute is one
      And no multi-valued attribute has a null among its elements

      Examples:
        | attribute   | sent                |
        | displayName | 42                  |
        | displayName | true                |
        | displayName | ["Ann", "Other"]    |
        | displayName | {"value": "Ann"}    |
        | externalId  | 701984              |
        | name        | "Ann Other"         |
        | name        | ["Ann Other"]       |
        | name        | {"givenName": 42}   |
        | emails      | "ann@example.com"   |
        | emails      | [null]              |

    Scenario Outline: active is sent as <sent>
      When the client creates the user "A" with
        """json
        {"active": <sent>}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then each value of type boolean is true or false

      Examples:
        | sent       |
        | "perhaps"  |
        | 1          |
        | [true]     |
        | {}         |

  @RFC7643-2.3.1-01 @MAY
  Rule: A value beside the canonical ones is kept as it was sent, or refused
    Section 2.3.1 lets a server restrict an attribute to its canonical values. Whichever it does, it does not
    make another value of it.

    Example: a type of e-mail address that nobody has thought of
      When the client creates the user "A" with
        """json
        {"emails": [{"value": "{user mail}", "type": "lighthouse"}]}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"emails": [{"value": "{user mail}", "type": "lighthouse"}]}
        """

    Example: it is replaced by another one
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "emails": [{"value": "{user mail}", "type": "lighthouse"}]}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"emails": [{"value": "{user mail}", "type": "lighthouse"}]}
        """

  @RFC7643-2.3.1-02 @IMPLIED @data
  Rule: A text keeps all its characters
    Section 2.3.1: any Unicode characters in UTF-8. White space at the ends is left out here, as servers trim it.
    A server may refuse odd characters, but not change them.

    Scenario Outline: <what> in a new user
      When the client creates the user "A" with
        """json
        {"displayName": "<text>", "name": {"familyName": "<text>", "givenName": "Ann"}}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"displayName": "<text>", "name": {"familyName": "<text>", "givenName": "Ann"}}
        """

      Examples:
        | what                    | text                     |
        | Latin letters           | Zoë Ångström Łukasz ß    |
        | Greek and Cyrillic      | Ελένη Чайковский         |
        | Chinese and Japanese    | 李小龍 ひらがな               |
        | right to left           | שלום مرحبا               |
        | beyond sixteen bits     | Ann 😀 𝒜                 |
        | quotes and a backslash  | \\"Ann\\" \\\\ 'O''Neil' |
        | what HTML would escape  | Ann <b>&amp; & Co.</b>   |
        | what SQL would read     | Robert'); DROP TABLE u;-- |
        | what URLs would read    | 100% a+b %41 ?x=1#y      |
        | what JSON may escape    | Zo\\u00eb \\ud83d\\ude00 |
        | a text like a number    | 007                      |
        | a text like a boolean   | true                     |
        | a text like nothing     | null                     |

    Example: in a user who is replaced
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "displayName": "Zoë 李小龍 😀"}
        """
      Then "A" now has
        """json
        {"displayName": "Zoë 李小龍 😀"}
        """

    @requires.patch
    Example: in a user who is patched
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Zoë 李小龍 😀"}]
        """
      Then "A" now has
        """json
        {"displayName": "Zoë 李小龍 😀"}
        """

    @requires.groups
    Example: in the name of a group
      When the client creates the group "G" with
        """json
        {"displayName": "{group} Zoë 李小龍 😀 & Co."}
        """
      Then "G" now has
        """json
        {"displayName": "{group} Zoë 李小龍 😀 & Co."}
        """

    @requires.filter
    Example: in a list
      Given a user "A" with
        """json
        {"displayName": "Zoë 李小龍 😀"}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then the answer has
        """json
        {"Resources": [{"displayName": "Zoë 李小龍 😀"}]}
        """

  @RFC7643-2.3.1-03 @IMPLIED @data @abuse
  Rule: A long text is stored whole or refused
    Section 2.3.1 knows no limit. A server may have one, but then says so instead of cutting the text.

    Scenario Outline: <length> letters
      When the client creates the user "A" with
        """json
        {"displayName": "{long <length>}"}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"displayName": "{long <length>}"}
        """

      Examples:
        | length |
        | 70     |
        | 130    |
        | 260    |
        | 5000   |

  @RFC7643-2.3.2-01 @IMPLIED
  Rule: A boolean comes out as true or false
    Section 2.3.2: the JSON literals, neither texts nor numbers.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each value of type boolean is true or false

    Scenario Outline: a user whose active is <value>
      Given a user "A" with
        """json
        {"active": <value>, "emails": [{"value": "{user mail}", "type": "work", "primary": true}]}
        """
      When the client reads "A"
      Then its "active" is a boolean
      And each value of type boolean is true or false

      Examples:
        | value |
        | true  |
        | false |

  @RFC7643-2.3.3-01 @IMPLIED
  Rule: A decimal comes out as a JSON number
    Section 2.3.3. The standard's own schemas have no decimal: those of the target's own schemas are judged.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each value of type decimal or integer is a JSON number

  @RFC7643-2.3.4-01 @MUST-NOT
  Rule: An integer has neither a fraction nor an exponent
    Section 2.3.4.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each value of type integer has neither a fraction nor an exponent

    Example: the counts of lists
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each "totalResults", "itemsPerPage" and "startIndex" is an integer

  @RFC7643-2.3.5-01 @MUST
  Rule: A dateTime has a date and a time
    Section 2.3.5: the form of xsd:dateTime, with or without fractions of a second.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each value of type dateTime has a date and a time

  @RFC7643-2.3.5-02 @MUST
  Rule: A dateTime is a JSON string
    Section 2.3.5.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each value of type dateTime is a JSON string

  @RFC7643-2.3.5-03 @IMPLIED @requires.filter
  Rule: A dateTime means the same moment in every time zone
    Section 2.3.5 takes over xsd:dateTime, in which an offset is part of the value.

    A target that has no such filter has nothing to compare.

    Example: a filter with an offset finds what one in UTC finds
      Given a user "A"
      And the client reads "A"
      And "meta.created" of the answer is remembered as "created"
      And the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" and meta.created ge "{created}" |
      And exactly "A" is found
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" and meta.created ge "{offset created}" |
      Then exactly "A" is found

  @RFC7643-2.3.5-04 @SHOULD
  Rule: A dateTime names its time zone
    Section 2.3.5 permits one without, but then nobody can compare it with another, as filters and sorting do
    (RFC 7644 section 3.4.2.2).

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each value of type dateTime names its time zone

  @RFC7643-2.3.6-01 @MUST
  Rule: A binary value comes out in base64
    Section 2.3.6. The padding may be left out.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each value of type binary is base64

    Example: a certificate is what it was
      Given the target knows "x509Certificates" of users
      When the client creates the user "A" with
        """json
        {"x509Certificates": [{"value": "{certificate}"}]}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"x509Certificates": [{"value": "{certificate}"}]}
        """

  @RFC7643-2.3.7-01 @MUST
  Rule: A reference is a URI
    Section 2.3.7: absolute or relative.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each value of type reference is a URI

  @RFC7643-2.3.7-02 @MUST @requires.groups
  Rule: A relative reference starts at the service root
    Section 2.3.7: the root ends before the endpoint, so that a user is "Users/ID".

    Example: the members of a group
      Given a user "A"
      And a group "G" with the members "A"
      When the client follows "meta.location" and each "$ref" of "G"
      Then each of them leads to the resource that it names

  @RFC7643-2.3.7-03 @MUST
  Rule: A reference to a resource is an HTTP address
    Section 2.3.7.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then each reference to a SCIM resource is an http or https URL, or a relative one

  @RFC7643-2.3.7-04 @MUST
  Rule: A GET of a reference gives the resource that it names
    Section 2.3.7. An address at another host than the client's is judged by a rule of section 3.1; here only its
    path counts.

    Example: a user
      Given a user "A"
      When the client follows "meta.location" and each "$ref" of "A"
      Then each of them leads to the resource that it names

    @requires.groups
    Example: a group and its members
      Given a user "A"
      And a user "B"
      And a group "G" with the members "A, B"
      When the client follows "meta.location" and each "$ref" of "G"
      Then each of them leads to the resource that it names

    @requires.groups
    Example: the groups of a user
      Given a user "A"
      And a group "G" with the members "A"
      And a group "H" with the members "A"
      When the client follows "meta.location" and each "$ref" of "A"
      Then each of them leads to the resource that it names

    @requires.groups
    Example: a group in a group
      Given a group "G"
      When the client creates the group "H" with
        """json
        {"members": [{"value": "{G.id}", "type": "Group"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client follows "meta.location" and each "$ref" of "H"
      Then each of them leads to the resource that it names

  @RFC7643-2.3.7-05 @MAY @requires.groups
  Rule: A reference to nobody is treated alike by every request
    Section 2.3.7 lets a server check references. One that does so only when a group is created, and not when it
    is changed, protects nothing.

    Example: a member that is no resource
      When the client creates, replaces and patches a group with the member "sduo-no-such-id"
      Then the three requests are all refused, or all store the member, or all drop it

  @RFC7643-2.3.8-01 @MUST-NOT
  Rule: The order of the members of an object carries no meaning
    Section 2.3.8.

    Example: a user whose parts come in another order
      When the client creates the user "A" with
        """json
        {
          "name": {"givenName": "Ann", "formatted": "Ann Other", "familyName": "Other"},
          "emails": [{"type": "work", "primary": true, "value": "{user mail}"}],
          "active": true,
          "displayName": "Ann Other"
        }
        """
      Then the answer is a success
      And "A" now has
        """json
        {
          "displayName": "Ann Other",
          "name": {"familyName": "Other", "givenName": "Ann"},
          "emails": [{"value": "{user mail}", "type": "work"}]
        }
        """

    Example: a user who is replaced by one
      Given a user "A"
      When the client replaces "A" with
        """json
        {"emails": [{"type": "home", "value": "{user mail}"}], "name": {"givenName": "Ann", "familyName": "Other"}, "userName": "{A.userName}"}
        """
      Then "A" now has
        """json
        {"name": {"familyName": "Other", "givenName": "Ann"}, "emails": [{"value": "{user mail}", "type": "home"}]}
        """

    @requires.patch
    Example: a PATCH that ends with its schemas
      Given a user "A"
      When the client sends PATCH /Users/{A.id} with
        """json
        {
          "Operations": [{"value": "Ann Changed", "path": "displayName", "op": "replace"}],
          "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
        }
        """
      Then the answer is a success
      And "A" now has
        """json
        {"displayName": "Ann Changed"}
        """

    @requires.groups
    Example: members whose id comes last
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"members": [{"display": "Ann", "value": "{A.id}"}]}
        """
      Then the members of "G" are "A"

  @RFC7643-2.3.8-02 @MUST-NOT
  Rule: No complex attribute holds another one
    Section 2.3.8. The container of an extension is no attribute, and the description of a schema is excepted.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then no complex attribute has a part that is complex itself
