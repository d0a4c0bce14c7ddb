// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A kernel in memory: with or without the type rxrpc, and refusing what a test says. */
final class TestKernel implements KernelKeys {
  private static final long RING = 7;

  record Key(String type, String description, byte[] payload) {}

  final Map<Long, Key> keys = new LinkedHashMap<>();
  final List<Long> timeouts = new ArrayList<>();
  boolean hasRxrpc;
  long refusal;
  String uid = Owner.uid();
  private long next = 100;

  @Override
  public long sessionKeyring() {
    return refusal != 0 ? refusal : RING;
  }

  @Override
  public String describe(long key) {
    if (key == RING) {
      return "keyring;" + uid + ";0;3f030000;_ses";
    }
    Key k = keys.get(key);
    return k == null ? null : k.type + ";0;0;3f010000;" + k.description;
  }

  @Override
  public long addKey(String type, String description, byte[] payload, long keyring) {
    if (refusal != 0) {
      return refusal;
    }
    if (type.equals("rxrpc") && !hasRxrpc) {
      return -ENODEV;
    }
    keys.values().removeIf(k -> k.type.equals(type) && k.description.equals(description));
    keys.put(++next, new Key(type, description, payload.clone()));
    return next;
  }

  @Override
  public long search(long keyring, String type, String description) {
    return keys.entrySet().stream()
        .filter(e -> e.getValue().type.equals(type))
        .filter(e -> e.getValue().description.equals(description))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse((long) -ENOKEY);
  }

  @Override
  public byte[] read(long key, int limit) {
    if (key == RING) {
      ByteBuffer out = ByteBuffer.allocate(4 * keys.size()).order(ByteOrder.nativeOrder());
      keys.keySet().forEach(k -> out.putInt(k.intValue()));
      return out.array();
    }
    Key k = keys.get(key);
    return k == null ? null : k.payload.clone();
  }

  @Override
  public long setTimeout(long key, long seconds) {
    timeouts.add(seconds);
    return 0;
  }

  @Override
  public long revoke(long key) {
    return keys.containsKey(key) ? 0 : -ENOKEY;
  }

  @Override
  public long unlink(long key, long keyring) {
    return keys.remove(key) == null ? -ENOENT : 0;
  }
}
