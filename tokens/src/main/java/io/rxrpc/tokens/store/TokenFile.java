// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file of tokens, big-endian: {@code RXRPCTOK}, u32 version 1, u32 count, then for
 * each key u32 and the bytes of its description in UTF-8, u32 and the bytes of its payload in XDR.
 */
final class TokenFile implements AutoCloseable {
  private static final long MAGIC = 0x52585250_43544f4bL;
  private static final int VERSION = 1;
  private static final int MAX_KEYS = 200;
  private static final String TYPE = "file";

  private final Path file;
  private final Map<String, byte[]> payloads = new LinkedHashMap<>();

  /** Of no keys. */
  TokenFile(Path file) {
    this.file = file;
  }

  static TokenFile parse(Path file, byte[] bytes) throws TokenStoreException {
    TokenFile content = new TokenFile(file);
    boolean done = false;
    try {
      content.read(ByteBuffer.wrap(bytes));
      done = true;
      return content;
    } finally {
      if (!done) {
        content.close();
      }
    }
  }

  private void read(ByteBuffer in) throws TokenStoreException {
    if (in.remaining() < 16 || in.getLong() != MAGIC || in.getInt() != VERSION) {
      throw damaged("it is no file of tokens");
    }
    int count = in.getInt();
    if (count < 0 || count > MAX_KEYS) {
      throw damaged("it says that it has " + Integer.toUnsignedString(count) + " keys");
    }
    for (int i = 0; i < count; i++) {
      byte[] description = part(in, MAX_DESCRIPTION_BYTES);
      byte[] old =
          payloads.put(
              new String(description, StandardCharsets.UTF_8), part(in, TokenStore.MAX_PAYLOAD));
      if (old != null) {
        Arrays.fill(old, (byte) 0);
        throw damaged("a key is in it twice");
      }
    }
    if (in.hasRemaining()) {
      throw damaged("something stands behind its last key");
    }
  }

  /** UTF-8 has at most three bytes for each char. */
  private static final int MAX_DESCRIPTION_BYTES = 3 * TokenStore.MAX_DESCRIPTION;

  private byte[] part(ByteBuffer in, int limit) throws TokenStoreException {
    int length = in.remaining() < 4 ? -1 : in.getInt();
    if (length < 0 || length > limit || length > in.remaining()) {
      throw damaged("it ends within a key");
    }
    byte[] part = new byte[length];
    in.get(part);
    return part;
  }

  private TokenStoreException damaged(String problem) {
    return new TokenStoreException(file + " is damaged: " + problem + "; remove it: rm " + file);
  }

  @Nullable StoredKey get(String description) {
    byte[] payload = payloads.get(description);
    return payload == null ? null : TokenStore.parse(description, TYPE, payload);
  }

  List<StoredKey> list() {
    List<StoredKey> keys = new ArrayList<>();
    for (String description : payloads.keySet()) {
      StoredKey key = get(description);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Copies the payload. */
  boolean put(String description, byte[] payload) throws TokenStoreException {
    remove(description);
    if (payloads.size() >= MAX_KEYS) {
      throw new TokenStoreException(
          file + " holds " + MAX_KEYS + " keys, no more fit; rxrpc key revoke removes some");
    }
    payloads.put(description, payload.clone());
    return true;
  }

  boolean remove(String description) {
    byte[] old = payloads.remove(description);
    if (old != null) {
      Arrays.fill(old, (byte) 0);
    }
    return old != null;
  }

  /** What the file is to hold; the caller erases it. */
  byte[] bytes() {
    int size = 16;
    List<byte[]> names = new ArrayList<>();
    for (Map.Entry<String, byte[]> e : payloads.entrySet()) {
      byte[] name = e.getKey().getBytes(StandardCharsets.UTF_8);
      names.add(name);
      size += 8 + name.length + e.getValue().length;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putLong(MAGIC).putInt(VERSION).putInt(payloads.size());
    int i = 0;
    for (byte[] payload : payloads.values()) {
      byte[] name = names.get(i++);
      out.putInt(name.length).put(name).putInt(payload.length).put(payload);
    }
    return out.array();
  }

  /** Clears the secrets. */
  @Override
  public void close() {
    payloads.values().forEach(p -> Arrays.fill(p, (byte) 0));
    payloads.clear();
  }
}
