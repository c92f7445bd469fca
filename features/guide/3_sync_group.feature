Feature: Sync group
  The selected groups and their members are created in the application and kept up to date.
  Source: Cisco document 225885, the Groups part of the Provisioning tab, and
  Duo documentation, automated provisioning, unless a Rule names another.

  @CSA-SYNC-01 @MUST
  Rule: A user of a selected group appears in the target, once
    "Users or groups will be automatically created, updated, and deactivated in this application."

    Example: a new user
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target has exactly one user "Josue"
      And the user "Josue" is enabled in the target

  @CSA-SYNC-02 @MUST
  Rule: The selected group appears in the target with its members
    Verify in Cisco Secure Access: the group DUO - Users is listed; that its members
    are in it is the reason to send it.

    Example: one member
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target has exactly one group "DUO - Users"
      And the target's group "DUO - Users" has the members "Josue"

    Example: several members
      When Duo has provisioned "Josue, Miguel, Zoë" into the group "DUO - Users"
      Then the target's group "DUO - Users" has the members "Josue, Miguel, Zoë"

    Example: no members
      When Duo has provisioned "" into the group "DUO - Users"
      Then the target has exactly one group "DUO - Users"
      And the target's group "DUO - Users" has the members ""

  @CSA-SYNC-03 @MUST
  Rule: A user that the target already has is found and not created a second time
    Source: Cisco lab LTRCOL-2004: existing users are matched and later receive updates.

    Example: created earlier by somebody else
      Given "Josue" already exists in the target
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target has exactly one user "Josue"
      And "Josue" has the same id as before
      And the target's group "DUO - Users" has the members "Josue"

  @CSA-SYNC-04 @MUST
  Rule: A user that the target already has, but disabled, is enabled again
    A returning user is reactivated without a new account. Source: MANTL's page on Duo provisioning.

    Example: disabled earlier by somebody else
      Given "Josue" already exists in the target, disabled
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target has exactly one user "Josue"
      And the user "Josue" is enabled in the target
      And "Josue" has the same id as before

  @CSA-SYNC-05 @MUST
  Rule: A look-up finds the user asked for and nobody else
    Matching before creating can only be trusted if the filter is exact. RFC 7644 section 3.4.2.2.

    Example: among others
      When Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      Then a look-up of "Josue" finds exactly "Josue"
      And a look-up of a user who does not exist finds nobody

    Example: in another case
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then a look-up of "Josue" in capital letters finds exactly "Josue"

  @CSA-SYNC-06 @MUST
  Rule: A second user with the same userName is refused
    RFC 7643 section 4.1.1, RFC 7644 section 3.3. Duo has to learn that the user exists.

    Example: created twice
      Given "Josue" already exists in the target
      When "Josue" is created in the target a second time
      Then the answer is 409
      And the target has exactly one user "Josue"

  @CSA-SYNC-07 @MUST
  Rule: Members who join the group are added, and nobody is lost
    "Provision users added to a group".

    Example: one more
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When "Miguel" joins the Duo group "DUO - Users"
      And Duo provisions
      Then the target's group "DUO - Users" has the members "Josue, Miguel"

    Example: two more at once
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When "Miguel" joins the Duo group "DUO - Users"
      And "Zoë" joins the Duo group "DUO - Users"
      And Duo provisions
      Then the target's group "DUO - Users" has the members "Josue, Miguel, Zoë"

  @CSA-SYNC-08 @MUST
  Rule: Members who leave one of two selected groups leave just that one
    "Deprovision users removed from a group" concerns those who are in no selected group any more.

    Example: still in the other group
      Given Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      And Duo has provisioned "Josue" into the group "DUO - Engineers"
      When "Josue" leaves the Duo group "DUO - Engineers"
      And Duo provisions
      Then the target's group "DUO - Engineers" has the members ""
      And the target's group "DUO - Users" has the members "Josue, Miguel"
      And the user "Josue" is enabled in the target

  @CSA-SYNC-09 @MUST
  Rule: A group that is renamed in Duo is renamed in the target and stays the same group
    "Create groups and propagate group renames (if the app supports it)".

    Example: another name
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When the Duo group "DUO - Users" is renamed to "DUO - People"
      And Duo provisions
      Then the target has exactly one group "DUO - People"
      And the target has no group "DUO - Users"
      And the target's group "DUO - People" has the members "Josue"
      And the group "DUO - People" has the same id as before

  @CSA-SYNC-10 @SHOULD
  Rule: A group that the target already has is found and not created a second time
    That Duo matches groups is not published; without it every reconnection would double them.

    Example: created earlier by somebody else
      Given the group "DUO - Users" already exists in the target
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then the target has exactly one group "DUO - Users"
      And the target's group "DUO - Users" has the members "Josue"

  @CSA-SYNC-11 @MUST
  Rule: Every answer of the target during a synchronization is a valid SCIM message
    RFC 7643 and 7644: checked with the JSON Schemas of this project.

    Example: the whole flow
      When Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      And the "Last Name" of "Josue" becomes "Rojas"
      And "Miguel" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then every answer is a valid SCIM message

  @CSA-LIMIT-01 @DOCUMENTED @requires.dashboard
  Rule: A group over the limit of Secure Access is refused, the users are served
    1000 groups. Source: Secure Access help 119453; Microsoft's page says 200. How
    the refusal looks on the wire is not published.

    Example: the limit is set to one group
      Given Secure Access takes at most 1 group
      And the Duo group "DUO - Users" with the members "Josue"
      And the Duo group "DUO - Engineers" with the members "Miguel"
      And the groups "DUO - Users, DUO - Engineers" are selected
      When the administrator saves and enables provisioning
      Then the target has exactly one group "DUO - Users"
      And the target has no group "DUO - Engineers"
      And the target has exactly one user "Miguel"
      And the Activity Log tells a failure about "DUO - Engineers"

  @DUO-SYNC-01 @OBSERVED
  Rule: Users go before the groups that they are members of
    Activity Log of the guide: the user at 03:11:55, the group at 03:11:56.

    Example: one user, one group
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then Duo sends "Josue" before the group "DUO - Users"

  @DUO-SYNC-02 @OBSERVED
  Rule: Every user is logged with an entry of its own
    Source: Cisco lab LTRCOL-2004: one row per user. The guide shows the same for its one user.

    Example: three users
      When Duo has provisioned "Josue, Miguel, Zoë" into the group "DUO - Users"
      Then the Activity Log has the entry "User provisioning succeeded" about "Josue"
      And the Activity Log has the entry "User provisioning succeeded" about "Miguel"
      And the Activity Log has the entry "User provisioning succeeded" about "Zoë"

  @DUO-SYNC-03 @OBSERVED
  Rule: Duo looks for a user before it creates one
    Source: Cisco lab LTRCOL-2004: existing users are matched, not duplicated.

    Example: looked for, then created
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then Duo looks for "Josue" before it creates "Josue"

    Example: found, not created
      Given "Josue" already exists in the target
      When Duo has provisioned "Josue" into the group "DUO - Users"
      Then Duo never creates "Josue"

  @DUO-SYNC-04 @OBSERVED
  Rule: Only the selected groups and their members are sent
    "Select existing groups that will receive updates from Duo in this application."

    Example: a group that is not selected
      Given the Duo group "DUO - Users" with the members "Josue"
      And the Duo group "DUO - Engineers" with the members "Miguel"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then Duo sends "Josue" before the group "DUO - Users"
      And nothing is sent about "Miguel"
      And nothing is sent about the group "DUO - Engineers"

  @DUO-SYNC-05 @OBSERVED
  Rule: With "Use groups with SSO access" the groups that may sign in are sent
    The second choice under Groups.

    Example: two groups, one with access
      Given the Duo group "DUO - Users" with the members "Josue"
      And the Duo group "DUO - Engineers" with the members "Miguel"
      And the groups with SSO access are used, and these are "DUO - Engineers"
      When the administrator saves and enables provisioning
      Then Duo sends "Miguel" before the group "DUO - Engineers"
      And nothing is sent about "Josue"
      And nothing is sent about the group "DUO - Users"

  @DUO-SYNC-06 @OBSERVED
  Rule: With "Exclude group information" only users are sent
    "If checked, Duo will send only user details without group information."

    Example: users without their group
      Given the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      And group information is excluded
      When the administrator saves and enables provisioning
      Then the Activity Log has the entry "User provisioning succeeded" about "Josue"
      And nothing is sent about the group "DUO - Users"

  @DUO-SYNC-07 @DOCUMENTED
  Rule: A user in two selected groups is sent once
    Users are sent, then groups; the user is one.

    Example: in both
      Given the Duo group "DUO - Users" with the members "Josue"
      And the Duo group "DUO - Engineers" with the members "Josue"
      And the groups "DUO - Users, DUO - Engineers" are selected
      When the administrator saves and enables provisioning
      Then Duo creates "Josue" exactly once

  @DUO-SYNC-08 @DOCUMENTED
  Rule: Attributes are updated when a mapped value changes, and only then
    "Update attributes of members when any provisioned attribute changes in Duo."

    Example: a mapped value
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When the "Last Name" of "Josue" becomes "Rojas"
      And Duo provisions
      Then something is sent about "Josue"

    Example: a value that is not mapped
      Given Duo has provisioned "Josue" into the group "DUO - Users"
      When the "Auth Name" of "Josue" becomes "another-name"
      And Duo provisions
      Then nothing more is written

  @DUO-SYNC-09 @DOCUMENTED
  Rule: What has not changed is not sent again
    Provisioning is continuous; it sends changes.

    Example: twice the same
      Given Duo has provisioned "Josue, Miguel" into the group "DUO - Users"
      When Duo provisions
      Then nothing more is written

  @DUO-SYNC-10 @DOCUMENTED
  Rule: An application takes at most 100 groups
    Source: Duo documentation, rate limits. That the selector of the Provisioning
    tab holds to it is inferred.

    Example: one too many
      Given 101 Duo groups are selected
      When the administrator saves and enables provisioning
      Then the settings are refused because of "100"
      And Duo has sent nothing

  @DUO-SYNC-11 @ASSUMED
  Rule: One failing user or group does not stop the others
    Not published; a provisioner that stopped at the first failure would stop for good.

    Example: the target refuses one user
      Given a server that refuses the user "Josue"
      And the Duo group "DUO - Users" with the members "Josue, Miguel"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the Activity Log tells a failure about "Josue"
      And the Activity Log has the entry "User provisioning succeeded" about "Miguel"
      And the Activity Log has the entry "Group provisioning succeeded" about "DUO - Users"

    Example: and is tried again the next time
      Given a server that refuses the user "Josue" once
      And the Duo group "DUO - Users" with the members "Josue, Miguel"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      And Duo provisions
      Then the Activity Log tells a failure about "Josue"
      And the Activity Log has the entry "User provisioning succeeded" about "Josue"
      And the target's group "DUO - Users" has the members "Josue, Miguel"

  @DUO-SYNC-12 @ASSUMED
  Rule: What a target cannot do is told in the log, the rest is provisioned
    Results depend on what the application supports. Source: Duo documentation, automated provisioning.

    Example: a target without groups
      Given a server that has no groups
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the Activity Log has the entry "User provisioning succeeded" about "Josue"
      And the Activity Log tells a failure about "DUO - Users"

    Example: a target without PATCH
      Given a server that has no PATCH
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the Activity Log has the entry "User provisioning succeeded" about "Josue"
      And the Activity Log tells a failure about "DUO - Users"

    Example: a target that is read-only
      Given a server that is read-only
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the Activity Log tells a failure about "Josue"
      And the Activity Log tells a failure about "DUO - Users"

  @DUO-SYNC-13 @ASSUMED
  Rule: Identifiers of the target are percent-encoded, whatever they contain
    RFC 7644 section 1.2 and RFC 3986: an id is the target's to choose.

    Scenario Outline: ids with <character>
      Given a server whose ids contain "<character>"
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      And the "Last Name" of "Josue" becomes "Rojas"
      And Duo provisions
      Then the Activity Log tells no failure
      And the target's group "DUO - Users" has the members "Josue"

      Examples:
        | character |
        | /         |
        | @         |
        | %20       |
        | ?         |
        | #         |
        | é         |
        | +         |

    Example: ids with a space
      Given a server whose ids contain " "
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the Activity Log tells no failure

  @DUO-SYNC-14 @ASSUMED
  Rule: A target that asks to wait is asked again after that time
    429 and 503 with Retry-After are how HTTP tells it. Duo's own behaviour is not published: profile field retry.

    Example: busy once
      Given a server that is busy once
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the Activity Log tells no failure
      And the target has exactly one user "Josue"

  @DUO-SYNC-15 @ASSUMED
  Rule: A connection that breaks within an answer is a failure of that user, and the next pass repairs it
    The target may have done the work before the connection broke: the user must not be created twice.

    Example: broken while Josue is created
      Given a server that drops the connection while it creates "Josue"
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      And Duo provisions
      Then the Activity Log tells a failure about "Josue"
      And the Activity Log has the entry "User provisioning succeeded" about "Josue"
      And the target has exactly one user "Josue"

  @DUO-SYNC-16 @ASSUMED
  Rule: A look-up is believed only if the found user is the one looked for
    A target that ignores filters answers with everybody; taking the first would overwrite a stranger.

    Example: a target that ignores filters
      Given a server that ignores filters
      And "Miguel" already exists in the target
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the target has exactly one user "Josue"
      And "Miguel" is untouched in the target

  @DUO-SYNC-17 @ASSUMED
  Rule: A user of whom the target gives no id is a failure, not a crash
    RFC 7643 section 3.1: without an id nothing can be updated or deprovisioned later.

    Example: 201 with an empty object
      Given a server that gives no ids
      And the Duo group "DUO - Users" with the members "Josue"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      Then the Activity Log tells a failure about "Josue"
      And the failure mentions "id"

  @DUO-SYNC-18 @ASSUMED
  Rule: A creation without an answer is not forgotten when the user leaves meanwhile
    The target may have made the account before the connection broke. Only Duo knows
    of it; it would stay enabled.

    Example: the connection breaks, then Josue leaves
      Given a server that drops the connection while it creates "Josue"
      And the Duo group "DUO - Users" with the members "Josue, Miguel"
      And the groups "DUO - Users" are selected
      When the administrator saves and enables provisioning
      And "Josue" leaves the Duo group "DUO - Users"
      And Duo provisions
      Then the user "Josue" is disabled in the target
      And the user "Miguel" is enabled in the target
