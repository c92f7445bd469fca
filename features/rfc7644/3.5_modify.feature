Feature: RFC 7644, 3.5 Modifying resources

  @RFC7644-3.5-01 @MUST
  Rule: PUT is supported
    Every service provider serves PUT, for users and for groups; who does not
    says 501 or 405.

    Example: a user is replaced
      Given a user "A"
      When the client changes "A" by a PUT with
        """json
        {"displayName": "Replaced"}
        """
      Then the answer is a success

    @requires.groups
    Example: a group is replaced
      Given a group "G"
      When the client changes "G" by a PUT with
        """json
        {"displayName": "{group renamed}"}
        """
      Then the answer is a success

  @RFC7644-3.5-02 @SHOULD
  Rule: PATCH is supported, or refused as /ServiceProviderConfig declares
    PATCH is optional. Who declares it serves it; who declares that there is none
    answers 501, or as for any method that does not exist here.

    Example: a user is patched
      Given a user "A"
      When the client patches "A" with
        """json
        [{"op": "replace", "path": "displayName", "value": "Patched"}]
        """
      Then the answer is 200 or 204 if "patch.supported" is true in /ServiceProviderConfig, and 403, 404, 405 or 501 otherwise

    @requires.groups
    Example: a group is patched
      Given a group "G"
      When the client patches "G" with
        """json
        [{"op": "replace", "path": "displayName", "value": "{group patched}"}]
        """
      Then the answer is 200 or 204 if "patch.supported" is true in /ServiceProviderConfig, and 403, 404, 405 or 501 otherwise
