package io.rxrpc.interop.afs;

/** The statistics of calls, which every server offers: RXSTATS, service 409. */
public final class RpcStatistics {
  public static final int SERVICE = 409;

  public static final int QUERY_PROCESS = 2;
  public static final int ENABLE_PROCESS = 4;
  public static final int QUERY_VERSION = 8;

  private RpcStatistics() {}

  public static byte[] queryProcess() {
    return XdrWriter.call(QUERY_PROCESS).toBytes();
  }

  public static byte[] enableProcess() {
    return XdrWriter.call(ENABLE_PROCESS).toBytes();
  }

  public static byte[] queryVersion() {
    return XdrWriter.call(QUERY_VERSION).toBytes();
  }

  public static byte[] retrieveProcess() {
    return XdrWriter.call(0).int32(1).toBytes();
  }
}
