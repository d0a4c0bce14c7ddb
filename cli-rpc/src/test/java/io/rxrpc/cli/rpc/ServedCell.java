// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc;

import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.bos.BozoNetKTime;
import io.rxrpc.afs.bos.BozoService;
import io.rxrpc.afs.cb.InterfaceAddr;
import io.rxrpc.afs.cb.Rxafscb;
import io.rxrpc.afs.cb.RxafscbService;
import io.rxrpc.afs.fs.AFSCallBack;
import io.rxrpc.afs.fs.AFSFetchStatus;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.AFSVolSync;
import io.rxrpc.afs.fs.Rxafs;
import io.rxrpc.afs.fs.RxafsService;
import io.rxrpc.afs.pt.Pr;
import io.rxrpc.afs.pt.PrService;
import io.rxrpc.afs.stats.RxstatsService;
import io.rxrpc.afs.ubik.DiskService;
import io.rxrpc.afs.ubik.UbikVersion;
import io.rxrpc.afs.vl.ListAddrByAttributes;
import io.rxrpc.afs.vl.Nvldbentry;
import io.rxrpc.afs.vl.Uvldbentry;
import io.rxrpc.afs.vl.Vl;
import io.rxrpc.afs.vl.VlService;
import io.rxrpc.afs.vol.AFSVolService;
import io.rxrpc.afs.vol.DiskPartition64;
import io.rxrpc.rpc.Caller;
import io.rxrpc.rpc.ServedSplit;
import io.rxrpc.xdr.Ints;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Generated services, each at a port of its own, that answer from what they are asked. */
final class ServedCell implements AutoCloseable {
  private static final int VL_NOENT = 363524;

  private final List<RxrpcEndpoint> endpoints = new ArrayList<>();

  /** What was asked of procedures that give nothing back. */
  final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  /** Serves one, and returns its target with its name: {@code 127.0.0.1:40873/vl}. */
  String serve(String name, int id, CallHandler handler) throws IOException {
    RxrpcEndpoint endpoint =
        RxrpcEndpoint.builder()
            .local(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .open();
    endpoints.add(endpoint);
    endpoint.serve(id, handler);
    return "127.0.0.1:" + endpoint.localAddress().getPort() + "/" + name;
  }

  /** The one of that name. */
  String serve(String name) throws IOException {
    return switch (name) {
      case "vl" -> serve(name, 52, new Volumes().dispatcher());
      case "pt" -> serve(name, 73, new Users().dispatcher());
      case "vol" -> serve(name, 4, new Transactions().dispatcher());
      case "fs" -> serve(name, 1, new Files().dispatcher());
      case "cb" -> serve(name, 1, new Client().dispatcher());
      case "bos" -> serve(name, 1, new Overseer().dispatcher());
      case "disk" -> serve(name, 51, new Database().dispatcher());
      case "stats" -> serve(name, 409, new Counters().dispatcher());
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  public void close() {
    endpoints.forEach(RxrpcEndpoint::close);
  }

  private final class Volumes implements VlService {
    @Override
    public void probeServer(Caller caller) {
      heard.add("ProbeServer");
    }

    @Override
    public Uvldbentry getEntryByNameU(Caller caller, String volumename) {
      if (!volumename.equals("root.cell")) {
        throw new CallAbort(VL_NOENT);
      }
      List<UUID> servers = new ArrayList<>(Collections.nCopies(13, new UUID(0, 0)));
      servers.set(0, UUID.fromString("0086e5d4-8bf8-1b0d-8e05-0100017faa77"));
      return new Uvldbentry(
          volumename,
          1,
          servers,
          Ints.padded(13, 1),
          Ints.padded(13),
          Ints.padded(13, 4),
          Ints.of(536870915, 0, 0),
          0,
          0x1000,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0);
    }

    @Override
    public Nvldbentry getEntryByIDN(Caller caller, int volid, int voltype) {
      return new Nvldbentry(
          "v" + Integer.toUnsignedString(volid) + "." + voltype,
          1,
          Ints.padded(13, 0x7f000001),
          Ints.padded(13, 1),
          Ints.padded(13, 4),
          Ints.of(volid, 0, 0),
          0,
          0x1000,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0);
    }

    @Override
    public int getNewVolumeId(Caller caller, int bumpcount) {
      return bumpcount == 0 ? -1 : 536870912 + bumpcount; // the greatest that is unsigned
    }

    @Override
    public Vl.GetAddrsUResult getAddrsU(Caller caller, ListAddrByAttributes inaddr) {
      return new Vl.GetAddrsUResult(inaddr.uuid(), inaddr.mask(), 2, Ints.of(inaddr.ipaddr(), -1));
    }

    @Override
    public void registerAddrs(Caller caller, UUID uuidp, int spare1, Ints ipaddr) {
      heard.add("RegisterAddrs " + uuidp + " " + ipaddr.stream().boxed().toList());
    }
  }

  private final class Users implements PrService {
    @Override
    public Ints nameToID(Caller caller, List<String> nlist) {
      return Ints.of(nlist.stream().mapToInt(String::length).toArray());
    }

    @Override
    public List<String> idToName(Caller caller, Ints ilist) {
      return ilist.stream().mapToObj(id -> "user" + id).toList();
    }

    @Override
    public int newEntry(Caller caller, String name, int flag, int oid) {
      return flag == 2 ? -name.length() : name.length() + oid;
    }

    @Override
    public Pr.ListOwnedResult listOwned(Caller caller, int id, int lastp) {
      return new Pr.ListOwnedResult(Ints.of(id, -id), lastp + 1);
    }

    @Override
    public void addToGroup(Caller caller, int uid, int gid) {
      heard.add("AddToGroup " + uid + " " + gid);
    }
  }

  private static final class Transactions implements AFSVolService {
    @Override
    public int transCreate(Caller caller, int volume, int partition, int flags) {
      return volume + partition + flags;
    }

    @Override
    public Ints xListPartitions(Caller caller) {
      return Ints.of(0, 1, 25);
    }

    @Override
    public DiskPartition64 partitionInfo64(Caller caller, String name) {
      return new DiskPartition64(name, "/dev/sda1", -1, 1L << 40, 1L << 39, 7);
    }

    @Override
    public void dump(ServedSplit call, int fromTrans, int fromDate) throws IOException {
      try (OutputStream reply = call.reply()) {
        reply.write(("dump of " + fromTrans).getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  private final class Files implements RxafsService {
    @Override
    public Rxafs.FetchStatusResult fetchStatus(Caller caller, AFSFid fid) {
      return new Rxafs.FetchStatusResult(
          status(fid.unique()), new AFSCallBack(1, 300, 2), sync(fid.volume()));
    }

    @Override
    public String getRootVolume(Caller caller) {
      throw new CallAbort(122); // as a file server of OpenAFS on Linux does that is not its root's
    }

    @Override
    public Rxafs.GetTimeResult getTime(Caller caller) {
      return new Rxafs.GetTimeResult(1_900_000_000, 5);
    }

    @Override
    public void giveUpCallBacks(
        Caller caller, List<AFSFid> fidsArray, List<AFSCallBack> callBacksArray) {
      heard.add("GiveUpCallBacks " + fidsArray + callBacksArray.size());
    }

    @Override
    public Rxafs.FetchData64Result fetchData64(ServedSplit call, AFSFid fid, long pos, long length)
        throws IOException {
      byte[] data = new byte[(int) length];
      Arrays.fill(data, (byte) ('a' + pos));
      OutputStream reply = call.reply();
      reply.write(ByteBuffer.allocate(8).putLong(length).array());
      reply.write(data);
      return new Rxafs.FetchData64Result(status(3), new AFSCallBack(1, 300, 2), sync(1));
    }

    private static AFSFetchStatus status(int owner) {
      return new AFSFetchStatus(
          1, 2, 1, 2048, 9, 0, owner, 127, 9, 493, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static AFSVolSync sync(int spare) {
      return new AFSVolSync(spare, 0, 0, 0, 0, 0);
    }
  }

  private final class Client implements RxafscbService {
    @Override
    public void probeUuid(Caller caller, UUID clientUuid) {
      heard.add("ProbeUuid " + clientUuid);
    }

    @Override
    public Rxafscb.GetServerPrefsResult getServerPrefs(Caller caller, int serverIndex) {
      return new Rxafscb.GetServerPrefsResult(0x7f000001, serverIndex * 2);
    }

    @Override
    public InterfaceAddr whoAreYou(Caller caller) {
      return new InterfaceAddr(
          1, new UUID(1, 2), Ints.padded(32, -1), Ints.padded(32, -256), Ints.padded(32, 1500));
    }
  }

  private final class Overseer implements BozoService {
    @Override
    public String enumerateInstance(Caller caller, int instance) {
      return "instance" + instance;
    }

    @Override
    public String getCellName(Caller caller) {
      return "example.org";
    }

    @Override
    public void setRestartTime(Caller caller, int type, BozoNetKTime restartTime) {
      heard.add("SetRestartTime " + type + " " + restartTime);
    }
  }

  private static final class Database implements DiskService {
    @Override
    public UbikVersion getVersion(Caller caller) {
      return new UbikVersion(1_700_000_000, 12);
    }

    @Override
    public void probe(Caller caller) {}
  }

  private static final class Counters implements RxstatsService {
    @Override
    public int queryRPCStatsVersion(Caller caller) {
      return 1;
    }
  }
}
