Feature: RFC 9967, 2 Events, 2.1 Subjects, 2.2 Attributes of all events
  Events are judged where the target has an address to poll (RFC 8936), which the run is told, or where a file of
  them is given. The run does with users of its own, once for all examples, what leads to events, and
  looks at these alone: a stream may carry what others have done. RFC 9967 was read as its last draft.

  @RFC9967-2-01 @IMPLIED @requires.securityEvents @requires.eventStream
  Rule: A security event token can be read
    Section 2, and RFC 8417 section 2: it is a JWT, signed or not.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then every token can be read

  @RFC9967-2-02 @IMPLIED @requires.securityEvents @requires.events
  Rule: A security event token has the claims that every one has
    Section 2, and RFC 8417 section 2.2: issuer, time, identifier and events.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then each has "iss", "iat", "jti" and "events"

  @RFC9967-2.1-01 @MUST @requires.securityEvents @requires.events
  Rule: An event names what it is about in the claim sub_id
    Among the claims of the token.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then each has an object "sub_id" among its claims

  @RFC9967-2.1-02 @MUST-NOT @requires.securityEvents @requires.events
  Rule: No event has a sub_id of its own
    It stands once, beside the events.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then no event has a "sub_id" in it

  @RFC9967-2.1-03 @MUST-NOT @requires.securityEvents @requires.events @security
  Rule: An event is not about anybody by the claim sub
    Else it could be mistaken for a token that lets somebody in.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then none has the claim "sub"

  @RFC9967-2.1-04 @SHALL @requires.securityEvents @requires.events
  Rule: A sub_id has the format scim
    So that its other members are read as attributes of SCIM.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then the "format" of each "sub_id" is "scim"

  @RFC9967-2.1-05 @MUST @requires.securityEvents @requires.events
  Rule: A sub_id has the path of the resource below the base URI
    As its uri. Without the base URI, which the receiver may know by another name.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then the "uri" of each "sub_id" is the path of a resource below the base URI

  @RFC9967-2.1-06 @IMPLIED @requires.securityEvents @requires.events
  Rule: The other identifiers in a sub_id are those of the resource
    If there are any: both are optional.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then an "externalId" or "id" in "sub_id" is that of the resource

  @RFC9967-2.1-07 @IMPLIED @unobservable
  Rule: Several events in one token come of one change of one resource
    What a server has done in one go cannot be told from outside: the token has one sub_id and one txn in any case.

  @RFC9967-2.2-01 @REQUIRED @requires.securityEvents @requires.events
  Rule: An event has the transaction that it comes of
    A txn without a value, or of another type, fails. None at all is a warning: the text requires it for what events
    are used for, and the examples of sections 2.3 and 2.4 have none, except one.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then each has a "txn", which is a string

  @RFC9967-2.2-02 @IMPLIED @requires.securityEvents @requires.eventStream
  Rule: Different changes have different transactions
    A receiver takes events with the same txn for the same change.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then no two changes have the same "txn"

  @RFC9967-2.2-03 @IMPLIED @requires.securityEvents @requires.events
  Rule: A token has an identifier of its own
    In contrast to txn, jti stands for one token.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then no two tokens have the same "jti"

  @RFC9967-2.2-04 @IMPLIED @requires.securityEvents @requires.eventStream @requires.etag
  Rule: The version in an event is the tag that the resource got by the change
    Whether the tag is weak does not matter: the examples leave that out.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then a "version" in an event is the tag that the resource got by it

  @RFC9967-2.2-05 @SHOULD @requires.securityEvents @requires.events
  Rule: Changed attributes are named as the path of a PATCH names them
    By the syntax of RFC 7644 section 3.5.2.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then the names in "attributes" are paths of attributes
