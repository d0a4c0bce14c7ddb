package io.rxrpc.interop.afs;

import java.util.ArrayList;
import java.util.List;

/** The volume location service: VL, service 52 on port 7003. */
public final class Vldb {
  public static final int PORT = 7003;
  public static final int SERVICE = 52;

  public static final int DELETE_ENTRY = 502;
  public static final int PROBE_SERVER = 514;
  public static final int CREATE_ENTRY_N = 517;
  public static final int GET_ENTRY_BY_NAME_N = 519;
  public static final int GET_ENTRY_BY_NAME_U = 527;
  public static final int GET_ADDRS_U = 533;
  public static final int LIST_ATTRIBUTES_N2 = 534;

  /** No entry in the database. */
  public static final int NO_ENTRY = 363524;

  /** The flag of an entry whose read-write volume exists. */
  public static final int RW_EXISTS = 0x1000;

  /** The flag of a site that holds the read-write volume. */
  public static final int RW_SITE = 4;

  private static final int NAME = 65;
  private static final int SITES = 13;
  private static final int SPARES = 8;

  private Vldb() {}

  /** Where a copy of a volume is; partition 0 is {@code /vicepa}. */
  public record Site(int server, int partition, int flags) {}

  /** nvldbentry: servers by their IPv4 address. */
  public record Entry(
      String name, List<Site> sites, List<Integer> volumeIds, int cloneId, int flags) {
    static final int LENGTH = 4 * (NAME + 1 + 3 * SITES + 3 + 3 + SPARES);

    /** An entry of a volume that has one site and no copies. */
    public static Entry readWrite(String name, int id, Site site) {
      return new Entry(name, List.of(site), List.of(id, 0, 0), 0, RW_EXISTS);
    }

    static Entry read(XdrReader in) {
      String name = in.chars(NAME);
      int n = in.int32();
      List<Site> sites = joined(n, in.ints(SITES), in.ints(SITES), in.ints(SITES));
      Entry entry =
          new Entry(
              name, sites, List.of(in.int32(), in.int32(), in.int32()), in.int32(), in.int32());
      in.ints(1 + SPARES);
      return entry;
    }

    public static void write(XdrWriter out, Entry e) {
      out.chars(e.name, NAME).int32(e.sites.size());
      int[] words = new int[3 * SITES];
      for (int i = 0; i < e.sites.size(); i++) {
        words[i] = e.sites.get(i).server();
        words[SITES + i] = e.sites.get(i).partition();
        words[2 * SITES + i] = e.sites.get(i).flags();
      }
      out.ints(words);
      e.volumeIds.forEach(out::int32);
      out.ints(e.cloneId, e.flags, 0).ints(new int[SPARES]);
    }
  }

  /** uvldbentry: servers by their UUID. */
  public record EntryU(
      String name, List<AfsUuid> servers, List<Site> sites, List<Integer> volumeIds, int flags) {
    static EntryU read(XdrReader in) {
      String name = in.chars(NAME);
      int n = in.int32();
      List<AfsUuid> servers = new ArrayList<>();
      for (int i = 0; i < SITES; i++) {
        servers.add(in.uuid());
      }
      List<Site> sites = joined(n, in.ints(SITES), in.ints(SITES), in.ints(SITES));
      List<Integer> ids = List.of(in.int32(), in.int32(), in.int32());
      in.int32();
      int flags = in.int32();
      in.ints(1 + SPARES);
      return new EntryU(name, List.copyOf(servers.subList(0, n)), sites, ids, flags);
    }
  }

  /** Where a file server can be reached. */
  public record Addresses(AfsUuid uuid, int unique, List<Integer> ipv4) {}

  /** Entries, and where to go on; -1 at the end. */
  public record Listing(List<Entry> entries, int next) {}

  private static List<Site> joined(int n, int[] servers, int[] partitions, int[] flags) {
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      sites.add(new Site(servers[i], partitions[i], flags[i]));
    }
    return List.copyOf(sites);
  }

  public static byte[] probe() {
    return XdrWriter.call(PROBE_SERVER).toBytes();
  }

  public static byte[] getEntryByName(String name) {
    return XdrWriter.call(GET_ENTRY_BY_NAME_N).string(name).toBytes();
  }

  public static Entry entry(byte[] reply) {
    return Entry.read(new XdrReader(reply));
  }

  public static byte[] getEntryByNameU(String name) {
    return XdrWriter.call(GET_ENTRY_BY_NAME_U).string(name).toBytes();
  }

  public static EntryU entryU(byte[] reply) {
    return EntryU.read(new XdrReader(reply));
  }

  public static byte[] createEntry(Entry entry) {
    XdrWriter out = XdrWriter.call(CREATE_ENTRY_N);
    Entry.write(out, entry);
    return out.toBytes();
  }

  public static byte[] deleteEntry(int volumeId) {
    return XdrWriter.call(DELETE_ENTRY).ints(volumeId, 0).toBytes();
  }

  /** GetAddrsU of the server with this UUID. */
  public static byte[] getAddresses(AfsUuid uuid) {
    XdrWriter out = XdrWriter.call(GET_ADDRS_U).ints(4, 0, 0, 0);
    AfsUuid.write(out, uuid);
    return out.toBytes();
  }

  public static Addresses addresses(byte[] reply) {
    XdrReader in = new XdrReader(reply);
    AfsUuid uuid = in.uuid();
    int unique = in.int32();
    in.int32();
    return new Addresses(uuid, unique, in.intList(500));
  }

  /** ListAttributesN2 of all entries whose name matches the pattern; empty for all. */
  public static byte[] list(String pattern, int from) {
    return XdrWriter.call(LIST_ATTRIBUTES_N2)
        .ints(0, 0, 0, 0, 0, 0)
        .string(pattern)
        .int32(from)
        .toBytes();
  }

  public static Listing listing(byte[] reply) {
    XdrReader in = new XdrReader(reply);
    in.int32();
    return new Listing(in.list(100_000, Entry.LENGTH, Entry::read), in.int32());
  }

  /** What a server answers to ListAttributesN2. */
  public static byte[] listingReply(List<Entry> entries) {
    return new XdrWriter().int32(entries.size()).list(entries, Entry::write).int32(-1).toBytes();
  }
}
