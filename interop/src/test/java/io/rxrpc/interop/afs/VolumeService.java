package io.rxrpc.interop.afs;

import java.util.ArrayList;
import java.util.List;

/** The volume service: AFSVol, service 4 on port 7005. */
public final class VolumeService {
  public static final int PORT = 7005;
  public static final int SERVICE = 4;

  public static final int RESTORE = 102;
  public static final int END_TRANSACTION = 104;
  public static final int CREATE_TRANSACTION = 108;
  public static final int DUMP = 109;
  public static final int LIST_VOLUMES = 116;
  public static final int PARTITION_INFO_64 = 65539;
  public static final int LIST_ONE_VOLUME = 121;
  public static final int LIST_PARTITIONS = 127;

  /** No such volume. */
  public static final int VNOVOL = 103;

  /** The transaction of a dump: nobody else may use the volume meanwhile. */
  public static final int BUSY = 0x02;

  /** The transaction of a restore: the volume is off-line meanwhile. */
  public static final int OFFLINE = 0x01;

  /** The status of a volume that can be used. */
  public static final int ONLINE = 2;

  /** A dump begins so. */
  public static final int DUMP_MAGIC = 0xb3a11322;

  private static final int NAME = 32;

  /** What follows the name in volintInfo: 7 of identity, 3 flags, 4 dates, 4 sizes, 5 others. */
  private static final int WORDS = 7 + 3 + 4 + 4 + 5;

  private VolumeService() {}

  /** The part of volintInfo that is compared. */
  public record Volume(
      String name, int id, int type, int status, int inUse, int files, int maxQuota, int sizeKb) {
    static final int LENGTH = 4 * (NAME + WORDS);

    static Volume read(XdrReader in) {
      String name = in.chars(NAME);
      int[] w = in.ints(WORDS);
      return new Volume(name, w[0], w[1], w[5], w[7], w[15], w[16], w[17]);
    }

    static void write(XdrWriter out, Volume v) {
      int[] w = new int[WORDS];
      w[0] = v.id;
      w[1] = v.type;
      w[3] = v.id;
      w[5] = v.status;
      w[7] = v.inUse;
      w[15] = v.files;
      w[16] = v.maxQuota;
      w[17] = v.sizeKb;
      out.chars(v.name, NAME).ints(w);
    }
  }

  public static byte[] listPartitions() {
    return XdrWriter.call(LIST_PARTITIONS).toBytes();
  }

  public static List<Integer> partitions(byte[] reply) {
    return new XdrReader(reply).intList(256);
  }

  public static byte[] partitionsReply(List<Integer> partitions) {
    return new XdrWriter().intList(partitions).toBytes();
  }

  public static byte[] listOneVolume(int partition, int volume) {
    return XdrWriter.call(LIST_ONE_VOLUME).ints(partition, volume).toBytes();
  }

  public static List<Volume> volumes(byte[] reply) {
    return new XdrReader(reply).list(100_000, Volume.LENGTH, Volume::read);
  }

  public static byte[] volumesReply(List<Volume> volumes) {
    return new XdrWriter().list(new ArrayList<>(volumes), Volume::write).toBytes();
  }

  public static byte[] createTransaction(int volume, int partition, int flags) {
    return XdrWriter.call(CREATE_TRANSACTION).ints(volume, partition, flags).toBytes();
  }

  public static byte[] dump(int transaction) {
    return XdrWriter.call(DUMP).ints(transaction, 0).toBytes();
  }

  /** What goes before the dump, of which the whole volume is made anew. */
  public static byte[] restore(int transaction, String name, int volume) {
    return XdrWriter.call(RESTORE)
        .ints(transaction, 0)
        .chars(name, NAME)
        .ints(0, 0, volume)
        .toBytes();
  }

  public static byte[] endTransaction(int transaction) {
    return XdrWriter.call(END_TRANSACTION).int32(transaction).toBytes();
  }

  /** One int32, as several calls here return it. */
  public static int number(byte[] reply) {
    return new XdrReader(reply).int32();
  }
}
