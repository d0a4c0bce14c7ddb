package io.rxrpc.interop.afs;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The file service: RXAFS, service 1 on port 7000. */
public final class FileService {
  public static final int PORT = 7000;
  public static final int SERVICE = 1;

  public static final int FETCH_STATUS = 132;
  public static final int CREATE_FILE = 137;
  public static final int GET_TIME = 153;
  public static final int FETCH_DATA_64 = 65537;
  public static final int STORE_DATA_64 = 65538;
  public static final int GIVE_UP_ALL_CALLBACKS = 65539;
  public static final int GET_CAPABILITIES = 65540;
  public static final int GET_STATISTICS_64 = 65542;

  /** No such volume. */
  public static final int VNOVOL = 103;

  /** The volume, or whoever asks, is busy: come again. */
  public static final int VBUSY = 110;

  private FileService() {}

  /** A file's name within the cell. */
  public record Fid(int volume, int vnode, int unique) {
    static Fid read(XdrReader in) {
      return new Fid(in.int32(), in.int32(), in.int32());
    }

    void write(XdrWriter out) {
      out.ints(volume, vnode, unique);
    }

    /** The root directory of a volume. */
    public static Fid root(int volume) {
      return new Fid(volume, 1, 1);
    }
  }

  /** The part of AFSFetchStatus that is compared. */
  public record Status(int interfaceVersion, int type, int links, long length, int dataVersion) {
    static Status read(XdrReader in) {
      int[] w = in.ints(21);
      long length = Integer.toUnsignedLong(w[19]) << 32 | Integer.toUnsignedLong(w[3]);
      return new Status(w[0], w[1], w[2], length, w[4]);
    }
  }

  public static byte[] getTime() {
    return XdrWriter.call(GET_TIME).toBytes();
  }

  public static byte[] getCapabilities() {
    return XdrWriter.call(GET_CAPABILITIES).toBytes();
  }

  public static List<Integer> capabilities(byte[] reply) {
    return new XdrReader(reply).intList(196);
  }

  public static byte[] giveUpAllCallbacks() {
    return XdrWriter.call(GIVE_UP_ALL_CALLBACKS).toBytes();
  }

  public static byte[] fetchStatus(Fid fid) {
    XdrWriter out = XdrWriter.call(FETCH_STATUS);
    fid.write(out);
    return out.toBytes();
  }

  public static Status status(byte[] reply) {
    return Status.read(new XdrReader(reply));
  }

  public static byte[] createFile(Fid directory, String name) {
    XdrWriter out = XdrWriter.call(CREATE_FILE);
    directory.write(out);
    return out.string(name).ints(8, 0, 0, 0, 0644, 0).toBytes(); // sets the mode
  }

  public static Fid createdFile(byte[] reply) {
    return Fid.read(new XdrReader(reply));
  }

  /** What goes before the data of StoreData64, which makes the file exactly that long. */
  public static byte[] storeData(Fid fid, long length) {
    XdrWriter out = XdrWriter.call(STORE_DATA_64);
    fid.write(out);
    return out.ints(0, 0, 0, 0, 0, 0).int64(0).int64(length).int64(length).toBytes();
  }

  public static byte[] fetchData(Fid fid, long length) {
    XdrWriter out = XdrWriter.call(FETCH_DATA_64);
    fid.write(out);
    return out.int64(0).int64(length).toBytes();
  }

  /** How many bytes of data are between the length and the status of such a reply. */
  public static long fetchedLength(InputStream reply) throws IOException {
    return new XdrReader(reply.readNBytes(Long.BYTES)).int64();
  }

  /** The data and the status of a whole reply to {@link #fetchData}. */
  public record Fetched(byte[] data, Status status) {}

  public static Fetched fetched(byte[] reply) {
    XdrReader in = new XdrReader(reply);
    return new Fetched(in.bytes(Math.toIntExact(in.int64())), Status.read(in));
  }
}
