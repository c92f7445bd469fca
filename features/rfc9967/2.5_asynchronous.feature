Feature: RFC 9967, 2.5 Asynchronous requests, 3 Set-Txn
  A target that announces asynchronous requests may answer any of them at once all the same: then there is nothing to
  judge.

  @RFC9967-2.5.1.1-01 @IMPLIED @requires.async
  Rule: A request that prefers an asynchronous answer gets a 202, or the one that it would get anyway
    Section 2.5.1.1. The preference is no reason to refuse.

    Scenario Outline: the client <does> a user
      Given a user "A"
      When the client <does> "A" and prefers an asynchronous answer
      Then the answer is as without the preference, or 202 if asynchronous requests are announced

      Examples:
        | does     |
        | replaces |
        | patches  |

  @RFC9967-2.5.1.1-02 @MUST @requires.async
  Rule: A 202 has no body
    The result is told by an event.

    Scenario Outline: the client <does> a user
      Given a user "A"
      When the client <does> "A" and prefers an asynchronous answer
      Then if it is 202, it has no body

      Examples:
        | does     |
        | replaces |
        | deletes  |

    @requires.bulk
    Example: a bulk request
      When the client sends a bulk request and prefers an asynchronous answer
      Then if it is 202, it has no body

  @RFC9967-2.5.1.1-03 @IMPLIED @requires.async
  Rule: A 202 says that the preference was applied
    Section 2.5.1.1, by the header of RFC 7240 section 3.

    Example: a PATCH
      Given a user "A"
      When the client patches "A" and prefers an asynchronous answer
      Then if it is 202, it has the header "Preference-Applied" with "respond-async"

  @RFC9967-2.5.1.1-04 @MUST @requires.async
  Rule: A 202 leads to the resource, or to the result
    By its Location: the one as always, or where the event can be read by a GET.

    Example: a PUT
      Given a user "A"
      When the client replaces "A" and prefers an asynchronous answer
      Then if it is 202, its Location is the address of "A", or one where the result is read

    Example: a DELETE
      Given a user "A"
      When the client deletes "A" and prefers an asynchronous answer
      Then if it is 202, its Location is the address of "A", or one where the result is read

  @RFC9967-2.5.1.1-05 @MUST @requires.async
  Rule: What the client accepts does not matter for a 202
    It has no body that could be of another type.

    Example: an Accept that no answer of SCIM fits
      Given a user "A"
      When the client patches "A" and prefers an asynchronous answer, and again with the Accept "text/plain"
      Then if the first answer is 202, the second one is, too

  @RFC9967-2.5.1.1-06 @SHOULD @requires.async
  Rule: A client that waits gets its answer, if it comes in that time
    The preference wait (RFC 7240 section 4.3): until then no 202.

    Example: two seconds
      Given a user "A"
      When the client patches "A" and prefers an asynchronous answer within 2 seconds
      Then the answer is not 202, or came no sooner than these 2 seconds

  @RFC9967-2.5.1.1-07 @IMPLIED @requires.async
  Rule: What was accepted is done
    A warning where nothing comes of it while the run waits: nothing says how long it may take.

    Example: a PATCH
      Given a user "A"
      When the client patches "A" and prefers an asynchronous answer
      Then if it is 202, "A" has the change in time

  @RFC9967-2.5.1.2-01 @MUST @requires.async @requires.eventStream @requires.bulk
  Rule: Each operation of an asynchronous bulk request has an event of its own
    As many as there are operations.

    Example: two operations
      When users come, change and go, and the client reads the security events of it
      Then each operation of an asynchronous bulk request is told by an event

  @RFC9967-2.5.1.2-02 @MUST @requires.async @requires.eventStream @requires.bulk
  Rule: The transaction of an operation ends in its place
    A colon and the index in the request, from 0. The figures of section 2.5.1.3 count from 1, and the text does not.

    Example: two operations
      When users come, change and go, and the client reads the security events of it
      Then the "txn" of each is the Set-Txn of the request, a colon and the place of the operation, from 0

  @RFC9967-2.5.1.2-03 @MUST-NOT @requires.async @requires.eventStream @requires.bulk
  Rule: The bulkId does not take the place's place
    It is good for one request, and not every operation has one.

    Example: a bulkId that is the place of another operation
      When users come, change and go, and the client reads the security events of it
      Then no "txn" of an operation ends in its bulkId

  @RFC9967-2.5.1.2-04 @MUST @requires.async @requires.eventStream @requires.bulk
  Rule: Places are those in the request
    In whichever order the operations were done.

    Example: two operations
      When users come, change and go, and the client reads the security events of it
      Then the event at each place is that of the operation at that place

  @RFC9967-2.5.1.3-01 @MUST @requires.async @requires.eventStream
  Rule: The event of a result has the transaction that the 202 told
    By it a client finds the result of its request.

    Example: requests that are done, and one that cannot be
      When users come, change and go, and the client reads the security events of it
      Then the result of each asynchronous request is told by an event with its Set-Txn as "txn"

  @RFC9967-2.5.1.3-02 @IMPLIED @requires.async @requires.eventStream
  Rule: A result is told like that of a bulk operation
    RFC 7644 section 3.7.3: method, and status as a string.

    Example: requests that are done, and one that cannot be
      When users come, change and go, and the client reads the security events of it
      Then each result has the method and the status of its request

  @RFC9967-2.5.1.3-03 @MUST @requires.async @requires.eventStream
  Rule: The result of a request that failed has its error
    As response, in the form of RFC 7644 section 3.12.

    Example: a user name that is taken
      When users come, change and go, and the client reads the security events of it
      Then the result of a request that failed has the error as its "response"

  @RFC9967-3-01 @MUST @requires.async
  Rule: A 202 has a Set-Txn
    It tells by which event the result is known.

    Scenario Outline: the client <does> a user
      Given a user "A"
      When the client <does> "A" and prefers an asynchronous answer
      Then if it is 202, it has the header "Set-Txn"

      Examples:
        | does    |
        | patches |
        | deletes |

    @requires.bulk
    Example: a bulk request
      When the client sends a bulk request and prefers an asynchronous answer
      Then if it is 202, it has the header "Set-Txn"

  @RFC9967-3-02 @IMPLIED @requires.async
  Rule: Each 202 has a Set-Txn of its own
    Section 3: it is unique.

    Example: three changes of one user
      Given a user "A"
      When the client patches "A" 3 times and prefers asynchronous answers
      Then if they are 202, no two have the same "Set-Txn"

  @RFC9967-3-03 @SHOULD-NOT @unobservable
  Rule: Nobody in between touches the Set-Txn
    It is about intermediaries; what one has done to a header cannot be seen at its end.
