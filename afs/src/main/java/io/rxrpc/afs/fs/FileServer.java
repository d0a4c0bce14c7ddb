// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.fs;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.form.Times;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import io.rxrpc.rpc.SplitCall;
import io.rxrpc.xdr.XdrText;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A file server. It calls back to the port that it is called from before it answers for the first
 * time, so the endpoint has to serve the callback service: {@code ClientCallbacks}, or {@link
 * RxrpcEndpoint.Builder#answerCallbacks}. Immutable and safe for all threads. Methods fail with a
 * {@link RpcException}; an abort is a {@link io.rxrpc.rpc.RpcAbortException}, whose code has a name
 * ({@code VNOVOL}, {@code UAEACCES}).
 */
public final class FileServer {
  private static final int STATISTICS = FsConstants.AFS_STATS64;
  private static final int MOST_FIDS = FsConstants.AFSCBMAX;
  private static final int BUFFER = 64 << 10;

  private final RxafsClient client;

  /**
   * A file server, without security: with everybody's rights.
   *
   * @param endpoint makes the calls
   * @param server the server
   */
  public FileServer(RxrpcEndpoint endpoint, RxrpcAddress server) {
    this(new RxafsClient(RpcClient.of(endpoint, server).errors(AfsErrors.TABLES)));
  }

  /**
   * The file server that a client calls.
   *
   * @param client the typed client to stand on
   */
  public FileServer(RxafsClient client) {
    this.client = client;
  }

  /**
   * {@return the same with other options of calls: a token for one's own rights, a time limit}
   *
   * @param options security, time limit and the like
   */
  public FileServer with(CallOptions options) {
    return new FileServer(client.with(options));
  }

  /** {@return the procedures as the service has them} */
  public RxafsClient client() {
    return client;
  }

  /**
   * {@return the root directory of a volume}
   *
   * @param volumeId the id of the volume
   */
  public static AFSFid root(int volumeId) {
    return new AFSFid(volumeId, 1, 1);
  }

  /**
   * {@return the server's clock}
   *
   * @throws RpcException if the call fails
   */
  public Instant time() throws RpcException {
    Rxafs.GetTimeResult time = client.getTime();
    return Times.of(time.seconds()).plusNanos(time.uSeconds() * 1000L);
  }

  /**
   * {@return the first word of what the server can do: VICED_CAPABILITY_ of {@link FsConstants}}
   *
   * @throws RpcException if the call fails
   */
  public int capabilities() throws RpcException {
    var words = client.getCapabilities();
    return words.size() == 0 ? 0 : words.get(0);
  }

  /**
   * {@return what the server has done since it started}
   *
   * @throws RpcException if the call fails
   */
  public ServerLoad load() throws RpcException {
    return ServerLoad.of(client.getStatistics64(STATISTICS));
  }

  /**
   * {@return quota and use of a volume}
   *
   * @param id the id
   * @throws RpcException if the call fails
   */
  public VolumeUse volume(int id) throws RpcException {
    return VolumeUse.of(client.getVolumeStatus(id));
  }

  /**
   * {@return the status of a file, directory or link}
   *
   * @param fid the file or directory
   * @throws RpcException if the call fails
   */
  public FileState status(AFSFid fid) throws RpcException {
    return FileState.of(client.fetchStatus(fid).outStatus());
  }

  /**
   * {@return the status of many, in their order; one that cannot be told has the code that it
   * failed with in {@code errorCode}}
   *
   * @param fids the files and directories
   * @throws RpcException if the call fails
   */
  public List<AFSFetchStatus> statuses(List<AFSFid> fids) throws RpcException {
    List<AFSFetchStatus> all = new ArrayList<>();
    for (int from = 0; from < fids.size(); from += MOST_FIDS) {
      List<AFSFid> some = fids.subList(from, Math.min(fids.size(), from + MOST_FIDS));
      all.addAll(client.inlineBulkStatus(some).statArray());
    }
    return all;
  }

  /**
   * {@return the access control list of a directory, or of the one that a file is in, as text}
   *
   * @param fid the file or directory
   * @throws RpcException if the call fails
   */
  public String accessList(AFSFid fid) throws RpcException {
    return XdrText.untilNul(XdrText.decode(client.fetchACL(fid).accessList().toArray()));
  }

  /**
   * Reads from a file, directory or link. The stream is not closed.
   *
   * @param fid the file or directory
   * @param position offset of the first octet
   * @param length how many octets at most
   * @param to where it is written to
   * @return what came with it: status and promise
   * @throws IOException if the call fails, or writing to the stream
   */
  public Rxafs.FetchData64Result read(AFSFid fid, long position, long length, OutputStream to)
      throws IOException {
    try (SplitCall<Rxafs.FetchData64Result> call = client.fetchData64(fid, position, length)) {
      DataInputStream in = new DataInputStream(call.reply());
      long left = in.readLong(); // below 0 means 0, with old servers
      byte[] buffer = new byte[BUFFER];
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (n < 0) {
          throw new EOFException(
              "the reply of RXAFS_FetchData64 ended " + left + " octets before its data");
        }
        to.write(buffer, 0, n);
        left -= n;
      }
      return call.end();
    }
  }

  /**
   * Writes to a file. The stream is not closed.
   *
   * @param fid the file or directory
   * @param position offset of the first octet
   * @param length how many octets; as many are taken from the stream
   * @param fileSize the size that the file shall have, at least {@code position + length}
   * @param from where it comes from
   * @return what came with it: status
   * @throws EOFException if the stream has fewer octets; the file is then written in part
   * @throws IOException if the call fails, or reading from the stream
   */
  public Rxafs.StoreData64Result write(
      AFSFid fid, long position, long length, long fileSize, InputStream from) throws IOException {
    AFSStoreStatus nothing = new AFSStoreStatus(0, 0, 0, 0, 0, 0);
    try (SplitCall<Rxafs.StoreData64Result> call =
        client.storeData64(fid, nothing, position, length, fileSize)) {
      byte[] buffer = new byte[BUFFER];
      long left = length;
      while (left > 0) {
        int n = from.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (n < 0) {
          throw new EOFException("the stream ended " + left + " octets before what was to come");
        }
        call.request().write(buffer, 0, n);
        left -= n;
      }
      return call.end();
    }
  }

  /**
   * Gives all promises back, so that the server need not call one that has gone.
   *
   * @throws RpcException if the call fails
   */
  public void giveUpPromises() throws RpcException {
    client.giveUpAllCallBacks();
  }
}
