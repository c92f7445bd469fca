Feature: RFC 7643, 2.4 Multi-valued attributes

  @RFC7643-2.4-01 @MUST
  Rule: At most one element of a list is the primary one
    Section 2.4.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      And the client reads the discovery endpoints
      Then no multi-valued attribute has two primary elements

    Example: a user with one primary address
      Given the target knows "emails.primary" of users
      And a user "A" with
        """json
        {"emails": [
          {"value": "{user work}", "type": "work", "primary": true},
          {"value": "{user home}", "type": "home"},
          {"value": "{user other}", "type": "other", "primary": false}
        ]}
        """
      When the client reads "A"
      Then no multi-valued attribute has two primary elements
      And only "{user work}" is primary among the "emails" of "A"

  @RFC7643-2.4-02 @MUST
  Rule: Two primary elements in one request are refused, or only one of them is stored
    Section 2.4. Which one is the server's choice.

    Example: a new user
      When the client creates the user "A" with
        """json
        {"emails": [
          {"value": "{user work}", "type": "work", "primary": true},
          {"value": "{user home}", "type": "home", "primary": true}
        ]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then no multi-valued attribute has two primary elements

    Example: a user who is replaced
      Given a user "A"
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "emails": [
          {"value": "{user work}", "type": "work", "primary": true},
          {"value": "{user home}", "type": "home", "primary": true}
        ]}
        """
      Then the answer is no server error
      When the client reads "A"
      Then no multi-valued attribute has two primary elements

    @requires.patch
    Example: a PATCH that adds two
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [
          {"value": "{user work}", "type": "work", "primary": true},
          {"value": "{user home}", "type": "home", "primary": true}
        ]}]
        """
      Then the answer is no server error
      When the client reads "A"
      Then no multi-valued attribute has two primary elements

    @requires.patch
    Example: a PATCH that adds a second one
      Given a user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work", "primary": true}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [{"value": "{user home}", "type": "home", "primary": true}]}]
        """
      Then the answer is no server error
      When the client reads "A"
      Then no multi-valued attribute has two primary elements

  @RFC7643-2.4-04 @SHOULD
  Rule: An element of a list comes back with its type
    Section 2.4: a server canonicalises what it returns, for one by the type of each element.

    Example: two addresses
      Given the target knows "emails.type" of users
      And a user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client reads "A"
      Then "A" now has
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """

  @RFC7643-2.4-05 @MAY
  Rule: One value under two types is kept at least once, or refused
    Section 2.4 lets a server return it once for each type. It may as well have one element for it, but none
    would lose it.

    Example: the address at work is the one at home
      When the client creates the user "A" with
        """json
        {"emails": [{"value": "{user mail}", "type": "work"}, {"value": "{user mail}", "type": "home"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then its "emails[0]" is present

  @RFC7643-2.4-06 @SHOULD-NOT
  Rule: No type and value come back twice in a list
    Section 2.4.

    Example: all answers
      When the client creates, reads, lists, searches, replaces, patches and deletes a user and a group
      Then no multi-valued attribute has two elements of the same type and value

    Example: a user to whom the same address is given twice
      When the client creates the user "A" with
        """json
        {"emails": [{"value": "{user mail}", "type": "work"}, {"value": "{user mail}", "type": "work"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      When the client reads "A"
      Then no multi-valued attribute has two elements of the same type and value

    @requires.patch
    Example: an address that is added again
      Given a user "A" with
        """json
        {"emails": [{"value": "{user mail}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [{"value": "{user mail}", "type": "work"}]}]
        """
      And the client reads "A"
      Then no multi-valued attribute has two elements of the same type and value

  @RFC7643-2.4-07 @IMPLIED
  Rule: All elements of a list survive
    Section 2.4: a list has no order, but it has all its elements. Only attributes that the target declares are
    judged, and the values of telephone numbers by their type, as servers rewrite them.

    Example: an address that is nothing but a value
      When the client creates the user "A" with
        """json
        {"emails": [{"value": "{user work}"}]}
        """
      Then the answer is a success, or a refusal that ends the example
      And "A" now has
        """json
        {"emails": [{"value": "{user work}"}]}
        """

    Example: the addresses of a new user
      Given the target knows "emails.type" of users
      When the client creates the user "A" with
        """json
        {"emails": [
          {"value": "{user work}", "type": "work", "primary": true},
          {"value": "{user home}", "type": "home"},
          {"value": "{user other}", "type": "other"}
        ]}
        """
      Then the answer is a success
      And "A" now has
        """json
        {"emails": [
          {"value": "{user work}", "type": "work"},
          {"value": "{user home}", "type": "home"},
          {"value": "{user other}", "type": "other"}
        ]}
        """

    Example: the addresses of a user who is replaced
      Given the target knows "emails.type" of users
      And a user "A" with
        """json
        {"emails": [{"value": "{user old}", "type": "work"}]}
        """
      When the client replaces "A" with
        """json
        {"userName": "{A.userName}", "emails": [
          {"value": "{user work}", "type": "work"},
          {"value": "{user home}", "type": "home"},
          {"value": "{user other}", "type": "other"}
        ]}
        """
      Then "A" now has
        """json
        {"emails": [
          {"value": "{user work}", "type": "work"},
          {"value": "{user home}", "type": "home"},
          {"value": "{user other}", "type": "other"}
        ]}
        """

    @requires.patch
    Example: addresses that are added one by one
      Given the target knows "emails.type" of users
      And a user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}]}
        """
      When the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [{"value": "{user home}", "type": "home"}]}]
        """
      And the client patches "A" with
        """json
        [{"op": "add", "path": "emails", "value": [{"value": "{user other}", "type": "other"}]}]
        """
      Then "A" now has
        """json
        {"emails": [
          {"value": "{user work}", "type": "work"},
          {"value": "{user home}", "type": "home"},
          {"value": "{user other}", "type": "other"}
        ]}
        """

    Example: another attribute is changed
      Given the target knows "emails.type" of users
      And a user "A" with
        """json
        {"displayName": "Ann Other", "emails": [
          {"value": "{user work}", "type": "work"},
          {"value": "{user home}", "type": "home"}
        ]}
        """
      When the client changes "A" by a PUT with
        """json
        {"displayName": "Ann Changed"}
        """
      Then "A" now has
        """json
        {"displayName": "Ann Changed", "emails": [
          {"value": "{user work}", "type": "work"},
          {"value": "{user home}", "type": "home"}
        ]}
        """

    @requires.filter
    Example: a list shows the same elements
      Given the target knows "emails.type" of users
      And a user "A" with
        """json
        {"emails": [{"value": "{user work}", "type": "work"}, {"value": "{user home}", "type": "home"}]}
        """
      When the client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then the answer has
        """json
        {"Resources": [{"emails": [
          {"value": "{user work}", "type": "work"},
          {"value": "{user home}", "type": "home"}
        ]}]}
        """

    Example: telephone numbers
      Given the target knows "phoneNumbers" of users
      When the client creates the user "A" with
        """json
        {"phoneNumbers": [
          {"value": "tel:+12015550123", "type": "work"},
          {"value": "tel:+12015550124", "type": "home"},
          {"value": "tel:+12015550125", "type": "mobile"}
        ]}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"phoneNumbers": [{"type": "work"}, {"type": "home"}, {"type": "mobile"}]}
        """

    Example: postal addresses
      Given the target knows "addresses" of users
      When the client creates the user "A" with
        """json
        {"addresses": [
          {"type": "work", "locality": "Springfield", "country": "US"},
          {"type": "home", "locality": "Uppsala", "country": "SE"}
        ]}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"addresses": [{"type": "work", "locality": "Springfield"}, {"type": "home", "locality": "Uppsala"}]}
        """

    Scenario Outline: <attribute>
      Given the target knows "<attribute>" of users
      When the client creates the user "A" with
        """json
        {"<attribute>": [{"value": "alpha-one"}, {"value": "beta-two"}]}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"<attribute>": [{"value": "alpha-one"}, {"value": "beta-two"}]}
        """

      Examples:
        | attribute    |
        | entitlements |
        | roles        |

    Example: photos
      Given the target knows "photos" of users
      When the client creates the user "A" with
        """json
        {"photos": [
          {"value": "https://photos.example.com/ann.jpg", "type": "photo"},
          {"value": "https://photos.example.com/ann-small.jpg", "type": "thumbnail"}
        ]}
        """
      Then "A" now has, unless the answer is a refusal
        """json
        {"photos": [
          {"value": "https://photos.example.com/ann.jpg", "type": "photo"},
          {"value": "https://photos.example.com/ann-small.jpg", "type": "thumbnail"}
        ]}
        """

  @RFC7643-2.4-08 @MUST @unobservable
  Rule: The sub-attributes type, primary, display, value and $ref are used in the sense of the standard
    Section 2.4. In which sense a server takes a text cannot be seen from outside.

  @RFC7643-2.4-09 @SHALL @requires.groups
  Rule: An address of a resource is comparable with or without a version
    Section 2.4 of references: a member whose $ref says another version of the protocol, or is relative, is still
    the member that its value names.

    Scenario Outline: a member with <what>
      Given a user "A"
      When the client creates the group "G" with
        """json
        {"members": [{"value": "{A.id}", "$ref": "<reference>"}]}
        """
      Then the answer is a success
      And the members of "G" are "A"

      Examples:
        | what                         | reference           |
        | the address that was shown   | {A.meta.location}   |
        | a relative address           | Users/{escaped A.id} |
        | an address with a version    | /v9/Users/{escaped A.id} |
