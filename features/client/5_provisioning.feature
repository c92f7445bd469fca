Feature: What a good provisioner does
  No document binds a client to most of this. Each such Rule says that it is a practice, and why.

  @CLIENT-CONNECT-01 @RECOMMENDED
  Rule: Testing the connection changes nothing
    A practice: an administrator tries out an address and a token before any decision.
    Source: practice.

    Example: the test
      When the client is asked to test the connection
      Then it sends something
      And it changes nothing

  @CLIENT-CREATE-01 @RECOMMENDED @data
  Rule: A client looks before it creates
    A practice: who is there already gets no second account.
    Source: practice; Cisco lab LTRCOL-2004 and the documentation of Microsoft Entra ID and Okta describe it.

    Example: a user whom the target has
      When the client is asked to provision a user whom the target has
      Then nobody is created with the name of "Bob"
      And "Bob" is active

    Example: every creation
      When the client sends creations
      Then it has looked for each before

  @CLIENT-CREATE-02 @RECOMMENDED
  Rule: A conflict leads to a look, and not to the same creation again
    A practice: 409 says that the resource is there (RFC 7644 section 3.3), so that it can be found.
    Source: practice.

    Example: somebody else was faster
      When the client is asked to provision a user whom somebody else creates meanwhile
      Then it meets a conflict about "Carol"
      And it looks for "Carol" after the conflict
      And it does not create "Carol" again
      And "Carol" is active

  @CLIENT-CREATE-03 @RECOMMENDED @data
  Rule: After an answer was lost, a client looks before it creates again
    A practice: the request may have been carried out, and POST is not idempotent (RFC 9110 section 9.2.2).
    Source: practice.

    Example: the connection drops after the creation
      When the client is asked to create a user whose answer is lost
      Then it meets the loss of an answer
      And it looks before it creates the same again
      And "Dora" is active

  @CLIENT-CREATE-04 @RECOMMENDED @data
  Rule: Nobody is created twice
    A practice: a creation that was answered with success is done.
    Source: practice.

    Example: every creation
      When the client sends creations
      Then none repeats one that has succeeded

  @CLIENT-RETRY-01 @SHOULD
  Rule: Who is told to wait comes back no sooner
    Source: RFC 6585 section 4, RFC 9110 section 10.2.3.

    Example: 429, and the time in seconds
      When the client is asked to change a display name while the endpoint is busy
      Then it is told to wait
      And it comes back no sooner than told

    Example: 503, and the time as a date
      When the client is asked to change a display name during an outage
      Then it is told to wait
      And it comes back no sooner than told

  @CLIENT-CHANGE-01 @RECOMMENDED @data
  Rule: A change reaches the target
    A practice: that is what provisioning is for.
    Source: practice.

    Example: while the endpoint is busy
      When the client is asked to change a display name while the endpoint is busy
      Then the display name of "Ada" is "Countess Lovelace"

    Example: after an outage
      When the client is asked to change a display name during an outage
      Then the display name of "Ada" is "Augusta Ada"

  @CLIENT-DEPROV-01 @RECOMMENDED @security
  Rule: A failure does not keep others from being deprovisioned
    A practice: who has left must not keep an account because somebody else's request failed.
    Source: practice.

    Example: two leave, and the requests about one of them and about a newcomer fail
      Given "Bob" and "Carol" are active when the client is asked to deactivate two users and create one while requests fail
      When the client is asked to deactivate two users and create one while requests fail
      Then "Bob" or "Carol" is no longer active

  @CLIENT-DEPROV-02 @RECOMMENDED @security
  Rule: What has failed is tried again
    A practice: a failure that nobody makes up for lasts.
    Source: practice.

    Example: the cycle after the trouble
      Given "Bob" and "Carol" are active when the client is asked to deactivate two users and create one while requests fail
      When the client is asked to run a cycle after the trouble
      Then "Bob" is no longer active
      And "Carol" is no longer active
      And "Eve" is active

  @CLIENT-DEPROV-03 @RECOMMENDED @security
  Rule: Who loses the application loses the account or is deactivated, and nobody else
    A practice: deactivated is "active" false (RFC 7643 section 4.1.1), or the user is gone.
    Source: practice.

    Example: deactivated
      Given "Ada" is active when the client is asked to deactivate a user
      When the client is asked to deactivate a user
      Then "Ada" is no longer active
      And everybody but "Ada" is as active as before

    Example: deleted
      Given "Gus" is active when the client is asked to delete a user
      When the client is asked to delete a user
      Then "Gus" is no longer active
      And everybody but "Gus" is as active as before

  @CLIENT-DEPROV-04 @RECOMMENDED @data
  Rule: Who returns gets the old account back
    A practice: a second account has none of what belonged to the first.
    Source: practice; MANTL documents it of Duo.

    Example: reactivated
      Given "Ada" has a deactivated account when the client is asked to reactivate the user
      When the client is asked to reactivate the user
      Then "Ada" is active
      And nobody is created with the name of "Ada"

  @CLIENT-COST-01 @RECOMMENDED
  Rule: Who has not changed costs no change
    A practice: a directory of ten thousand would be written anew with every cycle.
    Source: practice.

    Example: a cycle without a change
      When the client is asked to run a cycle without a change
      Then it changes nothing

  @CLIENT-COST-02 @RECOMMENDED
  Rule: What the target has accepted is not sent again
    A practice: neither the answer 204 nor another form of the answer is a failure.
    Source: practice.

    Example: every change
      When the client sends changes
      Then none repeats what the target has accepted

  @CLIENT-GROUP-01 @RECOMMENDED
  Rule: Several members join in fewer requests than there are members
    A practice: one PATCH takes many (RFC 7644 section 3.5.2.1), and a group may have thousands.
    Source: practice.

    Example: five at once
      When the client is asked to put five users into the group at once
      Then they join by fewer than five requests

  @CLIENT-GROUP-02 @RECOMMENDED @data
  Rule: A renamed group stays the same group
    A practice: what hangs on the group's id at the target would be lost.
    Source: practice.

    Example: another name
      When the client is asked to rename the group
      Then the group has the new name and its old id
      And its members are those of before

  @CLIENT-GROUP-03 @RECOMMENDED @data
  Rule: Who is removed from a group leaves it alone
    A practice: the others' access hangs on their membership.
    Source: practice.

    Example: one of many
      Given "Fay" is in the group when the client is asked to remove a user from the group
      When the client is asked to remove a user from the group
      Then "Fay" is not in the group
      And its members but for "Fay" are those of before

  @CLIENT-GROUP-04 @RECOMMENDED @data
  Rule: Who is put into a group is a member of it at the target
    A practice: the group is what gives access there.
    Source: practice.

    Example: one who has an account already
      When the client is asked to provision a user whom the target has
      Then "Bob" is in the group

    Example: five at once
      When the client is asked to put five users into the group at once
      Then all five are in the group

  @CLIENT-ANSWER-01 @IMPLIED
  Rule: A PATCH that is answered 204 has succeeded
    Source: RFC 7644 section 3.5.2.

    Example: no resource in the answer
      When the client is asked to change a display name and be answered 204
      Then it is answered 204
      And the display name of "Ada" is "Ada King"
      And it does not send the same again

  @CLIENT-ANSWER-02 @MUST-NOT
  Rule: A client expects no order of attributes, and minds neither unknown ones nor a charset
    Source: RFC 7643 sections 2.3.8 and 3.3, RFC 7644 section 3.8.

    Example: a user whom the target has
      When the client is asked to provision a user whom the target has and shows in an unusual form
      Then it is shown "Gus" in the unusual form
      And nobody is created with the name of "Gus"
      And "Gus" is active
