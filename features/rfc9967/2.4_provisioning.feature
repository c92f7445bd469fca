Feature: RFC 9967, 2.3 Feeds, 2.4 Provisioning, 7 Registry

  @RFC9967-2.3-01 @IMPLIED @unobservable
  Rule: A resource that joins or leaves a feed is told so
    What belongs to a feed is agreed upon between its ends; no request of SCIM changes it.

  @RFC9967-2.4-01 @MUST @requires.securityEvents @requires.events
  Rule: An event with data is a full one, and any other a notice
    Of a creation, change or replacement, by the end of its URI.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then an event with "data" ends in "full", and one without in "notice"

  @RFC9967-2.4-02 @MUST @requires.securityEvents @requires.events
  Rule: A creation, change or replacement has data or attributes, and not both
    One of them is there.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then each creation, change and replacement has one of "data" and "attributes", and not both

  @RFC9967-2.4-03 @IMPLIED @requires.securityEvents @requires.eventStream
  Rule: A full event shows the resource as the request has left it
    As an answer by SCIM would, so that nobody has to ask.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then the "data" of a creation and of a replacement show what was sent

  @RFC9967-2.4-04 @IMPLIED @requires.securityEvents @requires.eventStream
  Rule: A notice names the attributes that the request has set or changed
    By these a receiver decides whether to read the resource.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then the "attributes" of an event name what was changed

  @RFC9967-2.4-05 @IMPLIED @requires.securityEvents @requires.events @security
  Rule: No event shows a password
    Section 2.4: data is what an answer would show, and a password is never returned (RFC 7643 section 7). A notice
    may name the attribute.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then none shows a password

  @RFC9967-2.4.1-01 @IMPLIED @requires.securityEvents @requires.eventStream
  Rule: A creation is told
    A warning where nothing comes: what a stream carries is agreed upon.

    Example: a user
      When users come, change and go, and the client reads the security events of it
      Then the creation of a user is told by its event

  @RFC9967-2.4.2-01 @IMPLIED @requires.securityEvents @requires.eventStream @requires.patch
  Rule: A change by PATCH is told as a patch
    A warning where nothing comes: what a stream carries is agreed upon.

    Example: a user
      When users come, change and go, and the client reads the security events of it
      Then the change of a user is told by its event

  @RFC9967-2.4.3-01 @IMPLIED @requires.securityEvents @requires.eventStream
  Rule: A replacement by PUT is told as a put
    A warning where nothing comes: what a stream carries is agreed upon.

    Example: a user
      When users come, change and go, and the client reads the security events of it
      Then the replacement of a user is told by its event

  @RFC9967-2.4.4-01 @IMPLIED @requires.securityEvents @requires.eventStream
  Rule: A deletion is told
    A warning where nothing comes: what a stream carries is agreed upon.

    Example: a user
      When users come, change and go, and the client reads the security events of it
      Then the deletion of a user is told by its event

  @RFC9967-2.4.4-02 @SHALL-NOT @requires.securityEvents @requires.events
  Rule: A deletion is not also told as a removal from the feed
    The one means the other.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then no deletion is told by a removal from the feed

  @RFC9967-2.4.4-03 @SHALL-NOT @requires.securityEvents @requires.events
  Rule: A deletion is neither full nor a notice
    Its URI ends in delete.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then no deletion ends in "full" or "notice"

  @RFC9967-2.4.4-04 @IMPLIED @requires.securityEvents @requires.events
  Rule: A deletion has nothing in it
    Its payload is an empty object.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then a deletion says nothing but that

  @RFC9967-2.4.4-05 @IMPLIED @requires.securityEvents @requires.events
  Rule: Nothing happens to a resource after its deletion
    It has left the feed. Tokens come in no order: their own times decide, and one with the txn of an earlier one was
    sent again.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then nothing is told of a resource that happened after its deletion

  @RFC9967-2.4.5-01 @IMPLIED @unobservable
  Rule: An activation says that the account is ready for use
    What that means is agreed upon between publisher and receiver.

  @RFC9967-2.4.6-01 @SHOULD @unobservable
  Rule: What a deactivation means is agreed upon
    Between publisher and receiver, outside of SCIM.

  @RFC9967-7.3-01 @IMPLIED @requires.securityEvents @requires.events
  Rule: The URI of an event has a class, a name and perhaps a qualifier
    Those that begin as SCIM's do. Others in the stream are others' business.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then each URI of an event is made of a class, a name and what qualifies it

  @RFC9967-7.4-01 @IMPLIED @requires.securityEvents @requires.events
  Rule: The URI of an event is registered
    A warning: more may be registered than section 7.4 begins with.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then each URI of an event is registered
