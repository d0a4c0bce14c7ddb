package io.rxrpc.interop.afs;

import java.util.List;

/** What file servers ask of their clients: RXAFSCB, service 1 on the port the client calls from. */
public final class Callback {
  public static final int SERVICE = 1;

  public static final int CALLBACK = 204;
  public static final int PROBE = 206;
  public static final int INIT_CALLBACK_STATE_3 = 213;
  public static final int PROBE_UUID = 214;
  public static final int TELL_ME_ABOUT_YOURSELF = 65538;

  private static final int ADDRESSES = 32;

  private Callback() {}

  /** Answers TellMeAboutYourself: one address, no capabilities. */
  public static byte[] aboutMe(AfsUuid uuid, int ipv4) {
    XdrWriter out = new XdrWriter().int32(1);
    AfsUuid.write(out, uuid);
    int[] words = new int[3 * ADDRESSES];
    words[0] = ipv4;
    words[ADDRESSES] = 0xff000000;
    words[2 * ADDRESSES] = 1444;
    return out.ints(words).intList(List.of()).toBytes();
  }

  /** The files of a CallBack call, after its opcode. */
  public static List<FileService.Fid> files(XdrReader in) {
    return in.list(50, 12, FileService.Fid::read);
  }
}
