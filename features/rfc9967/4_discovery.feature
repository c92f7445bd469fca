Feature: RFC 9967, 4 Discovery, 5 Security

  @RFC9967-4-01 @IMPLIED @requires.securityEvents
  Rule: asyncRequest is none, long or request
    In any letters.

    Example: the configuration
      When the client sends GET /ServiceProviderConfig
      Then "securityEvents.asyncRequest" of it is "none", "long" or "request", in capitals or not, if there

  @RFC9967-4-02 @IMPLIED @requires.securityEvents
  Rule: eventUris is a list of URIs
    Of the events that the target can make.

    Example: the configuration
      When the client sends GET /ServiceProviderConfig
      Then "securityEvents.eventUris" of it is a list of the URIs of events, if there

  @RFC9967-4-03 @IMPLIED
  Rule: Who does not announce asynchronous requests answers as always
    securityEvents is absent, or its asyncRequest none: then Prefer: respond-async changes nothing.

    Example: a creation
      When the client creates the user "A" and prefers an asynchronous answer
      Then the answer is as without the preference, or 202 if asynchronous requests are announced

    Example: a deletion
      Given a user "A"
      When the client deletes "A" and prefers an asynchronous answer
      Then the answer is as without the preference, or 202 if asynchronous requests are announced

  @RFC9967-4-04 @IMPLIED @requires.securityEvents @requires.eventStream
  Rule: The events that come are announced
    A warning: the list is for information only.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then each URI of an event is in "securityEvents.eventUris"

  @RFC9967-4-05 @IMPLIED @requires.async
  Rule: A read is answered at once
    Section 2.5.1.1: only what changes something can be asynchronous.

    Example: a user
      Given a user "A"
      When the next request has the header "Prefer" with "respond-async"
      And the client reads "A"
      Then the answer is 200
      And its "id" is "{A.id}"

  @RFC9967-5-01 @MUST @requires.async @security
  Rule: The result of a request is shown to nobody without credentials
    Where the Location of the 202 leads.

    Example: a deletion
      Given a user "A"
      When the client deletes "A" and prefers an asynchronous answer
      Then if it is 202, nobody reads what is at its Location without a token

  @RFC9967-5-02 @MUST @requires.securityEvents @requires.eventStream @security
  Rule: Events are given to nobody without credentials
    Only those get them who need them.

    Example: a poll without a token
      When a client without a token polls the security events
      Then it gets none

  @RFC9967-5-03 @IMPLIED @requires.securityEvents @requires.events @requires.eventKeys @security
  Rule: A signature is that of the publisher
    Section 5: a receiver that does not speak to the publisher itself has to verify it. The run is told the keys.

    Example: what the changes of users lead to
      When users come, change and go, and the client reads the security events of it
      Then each signature is that of a key of the publisher

  @RFC9967-5-04 @MUST @unobservable
  Rule: Events are sent by TLS
    How a stream is carried is agreed upon between its ends, and a test on one machine goes without.
