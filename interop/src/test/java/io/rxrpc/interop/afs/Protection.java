package io.rxrpc.interop.afs;

import java.util.List;

/** The protection service: PR, service 73 on port 7002. */
public final class Protection {
  public static final int PORT = 7002;
  public static final int SERVICE = 73;

  public static final int NAME_TO_ID = 504;
  public static final int ID_TO_NAME = 505;
  public static final int LIST_MAX = 510;
  public static final int LIST_ENTRY = 512;

  /** Names and ids in one call. */
  public static final int MAX_LIST = 5000;

  /** The id of everyone who is nobody, which names that do not exist get. */
  public static final int ANONYMOUS = 32766;

  private static final int NAME = 64;

  private Protection() {}

  public static byte[] nameToId(List<String> names) {
    return XdrWriter.call(NAME_TO_ID).list(names, (out, name) -> out.chars(name, NAME)).toBytes();
  }

  public static List<Integer> ids(byte[] reply) {
    return new XdrReader(reply).intList(MAX_LIST);
  }

  public static byte[] idsReply(List<Integer> ids) {
    return new XdrWriter().intList(ids).toBytes();
  }

  public static byte[] namesReply(List<String> names) {
    return new XdrWriter().list(names, (out, name) -> out.chars(name, NAME)).toBytes();
  }

  /** An entry that belongs to user 0. */
  public static byte[] entryReply(String name, int id) {
    XdrWriter out = new XdrWriter().int32(0).int32(id);
    for (int i = 0; i < 10; i++) {
      out.int32(0);
    }
    out.chars(name, NAME);
    return out.toBytes();
  }

  public static byte[] idToName(List<Integer> ids) {
    return XdrWriter.call(ID_TO_NAME).intList(ids).toBytes();
  }

  public static List<String> names(byte[] reply) {
    return new XdrReader(reply).list(MAX_LIST, 4 * NAME, in -> in.chars(NAME));
  }

  public static byte[] listMax() {
    return XdrWriter.call(LIST_MAX).toBytes();
  }
}
