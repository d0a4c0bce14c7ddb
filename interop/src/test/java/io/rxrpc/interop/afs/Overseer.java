package io.rxrpc.interop.afs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The basic overseer: BOZO, service 1 on port 7007. */
public final class Overseer {
  public static final int PORT = 7007;
  public static final int SERVICE = 1;

  public static final int GET_STATUS = 83;
  public static final int ENUMERATE_INSTANCE = 84;
  public static final int GET_CELL_NAME = 94;
  public static final int INSTALL = 105;
  public static final int EXEC = 108;
  public static final int GET_LOG = 112;
  public static final int GET_RESTRICTED_MODE = 115;

  /** Past the end of a list. */
  public static final int DOMAIN = 39424 + 5;

  private static final int TEXT = 256;

  private Overseer() {}

  public static byte[] getStatus(String instance) {
    return XdrWriter.call(GET_STATUS).string(instance).toBytes();
  }

  public static byte[] enumerate(int index) {
    return XdrWriter.call(ENUMERATE_INSTANCE).int32(index).toBytes();
  }

  public static byte[] getCellName() {
    return XdrWriter.call(GET_CELL_NAME).toBytes();
  }

  public static byte[] exec(String command) {
    return XdrWriter.call(EXEC).string(command).toBytes();
  }

  public static byte[] getLog(String file) {
    return XdrWriter.call(GET_LOG).string(file).toBytes();
  }

  /** One string, as several calls here return it. */
  public static String text(byte[] reply) {
    return new XdrReader(reply).string(TEXT);
  }

  /** The text of a log, which goes without XDR and ends with a NUL. */
  public static String log(byte[] reply) {
    int end = reply.length;
    while (end > 0 && reply[end - 1] == 0) {
      end--;
    }
    return new String(Arrays.copyOf(reply, end), StandardCharsets.ISO_8859_1);
  }
}
