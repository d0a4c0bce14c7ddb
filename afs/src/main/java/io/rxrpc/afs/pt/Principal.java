// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.pt;

/**
 * A user or group. Users have ids above 0, groups below 0.
 *
 * @param id its id
 * @param name its name
 * @param ownerId who owns it
 * @param creatorId who created it
 * @param memberships of a group how many members it has, of a user in how many groups it is
 * @param groupQuota how many more groups the user may create
 * @param userQuota how many more foreign users there may be
 * @param access who may see and do what
 */
public record Principal(
    int id,
    String name,
    int ownerId,
    int creatorId,
    int memberships,
    int groupQuota,
    int userQuota,
    Access access) {
  /** {@return whether it is a group} */
  public boolean isGroup() {
    return id < 0;
  }
}
