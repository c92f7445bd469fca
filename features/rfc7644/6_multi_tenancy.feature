@security
Feature: RFC 7644, 6 Multi-tenancy
  Tenants are optional (section 6): clients that share everything share it everywhere, and the Rules here are not
  about them. Clients that do not share are kept apart by every way to a resource.

  @RFC7644-6-01 @IMPLIED @requires.secondClient
  Rule: A tenant gets at nothing of another one's
    Section 6. Whether a server answers 403 or 404 is its own affair.

    Example: reading by id
      Given a user "A"
      And the second client is of another tenant
      When the second client sends GET /Users/{A.id}
      Then the answer is 403 or 404
      And each answer shows nothing of "A"

    @requires.groups
    Example: reading a group by id
      Given a group "G"
      And the second client is of another tenant
      When the second client sends GET /Groups/{G.id}
      Then the answer is 403 or 404

    @requires.filter
    Example: looking up by name
      Given a user "A"
      And the second client is of another tenant
      When the second client sends GET /Users with the query
        | filter | userName eq "{A.userName}" |
      Then nothing is found
      And its "totalResults" is 0

    @requires.filter
    Example: looking up by id
      Given a user "A"
      And the second client is of another tenant
      When the second client sends GET /Users with the query
        | filter | id eq "{A.id}" |
      Then nothing is found
      And its "totalResults" is 0

    @requires.filter
    Example: looking up by the client's own id
      Given a user "A" with
        """json
        {"externalId": "{marker}"}
        """
      And the second client is of another tenant
      When the second client sends GET /Users with the query
        | filter | externalId eq "{marker}" |
      Then nothing is found
      And its "totalResults" is 0

    @requires.filter @requires.groups
    Example: looking a group up by name
      Given a group "G"
      And the second client is of another tenant
      When the second client sends GET /Groups with the query
        | filter | displayName eq "{G.displayName}" |
      Then nothing is found
      And its "totalResults" is 0

    Example: in the list of all users
      Given a user "A"
      And the second client is of another tenant
      When the second client sends GET /Users?count=100
      Then nothing is found

    @requires.groups
    Example: in the list of all groups
      Given a group "G"
      And the second client is of another tenant
      When the second client sends GET /Groups?count=100
      Then nothing is found

    @requires.search
    Example: searching by POST
      Given a user "A"
      And the second client is of another tenant
      When the second client sends POST /Users/.search with
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "filter": "userName eq \"{A.userName}\""}
        """
      Then nothing is found

    Example: replacing
      Given a user "A"
      And the second client is of another tenant
      When the second client sends PUT /Users/{A.id} with the user A renamed as its body
      Then the answer is 403 or 404
      And "A" is as before

    @requires.patch
    Example: changing
      Given a user "A"
      And the second client is of another tenant
      When the second client sends PATCH /Users/{A.id} with a PATCH of displayName as its body
      Then the answer is 403 or 404
      And "A" is as before

    Example: deleting
      Given a user "A"
      And the second client is of another tenant
      When the second client sends DELETE /Users/{A.id}
      Then the answer is 403 or 404
      And "A" still exists

    @requires.groups
    Example: replacing a group
      Given a group "G"
      And the second client is of another tenant
      When the second client sends PUT /Groups/{G.id} with the group G renamed as its body
      Then the answer is 403 or 404
      And "G" is as before

    @requires.patch @requires.groups
    Example: changing a group
      Given a group "G"
      And the second client is of another tenant
      When the second client sends PATCH /Groups/{G.id} with a PATCH of displayName as its body
      Then the answer is 403 or 404
      And "G" is as before

    @requires.groups
    Example: deleting a group
      Given a group "G"
      And the second client is of another tenant
      When the second client sends DELETE /Groups/{G.id}
      Then the answer is 403 or 404
      And "G" still exists

    Example: a name that the other tenant has
      Given a user "A"
      And the second client is of another tenant
      When the second client creates and deletes a user like "A"
      Then the answer is 201
      And "A" is as before

    @requires.groups
    Example: a member of the other tenant's
      Given a user "A"
      And the second client is of another tenant
      When the second client creates and deletes a group with the member "A"
      Then "A" is as before

    Example: what the first client has made, it has still
      Given a user "A"
      And the second client is of another tenant
      When the second client sends DELETE /Users/{A.id}
      And the client reads "A"
      Then the answer is 200

  @RFC7644-6.1-01 @MAY @unobservable
  Rule: A client may select its tenant by URL or header
    Section 6.1 names ways of doing so and prescribes none: what a server documents, only its documentation tells. The
    tenant that goes with the credentials is what the Rules of section 6 judge.
