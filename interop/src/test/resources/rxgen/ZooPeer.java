// SPDX-License-Identifier: Apache-2.0
package org.example.zoo;

import io.rxrpc.CallAbort;
import io.rxrpc.AbortCode;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.rpc.Answer;
import io.rxrpc.rpc.Caller;
import io.rxrpc.rpc.MultiCall;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.ServedSplit;
import io.rxrpc.rpc.SplitCall;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * What zoo_peer.c is in C: a client by octets, and the two services, with the classes that were
 * generated. Compiled with them while the tests run.
 */
public final class ZooPeer implements BinaryOperator<String>, Supplier<Map<Integer, CallHandler>> {
  private final ZooClient zoo;
  private final PenClient pen;
  private final RxrpcAddress address;

  public ZooPeer(RxrpcEndpoint endpoint, RxrpcAddress zoo, RxrpcAddress pen) {
    this.zoo = new ZooClient(endpoint, zoo);
    this.pen = new PenClient(endpoint, pen);
    this.address = zoo;
  }

  /** The services by their number. */
  @Override
  public Map<Integer, CallHandler> get() {
    return Map.of(700, new Served().dispatcher(), 701, new ServedPen().dispatcher());
  }

  /** Calls a procedure with those octets; returns those of the results, or "abort CODE". */
  @Override
  public String apply(String procedure, String octets) {
    try {
      XdrWriter out = new XdrWriter();
      call(procedure, XdrReader.of(HexFormat.of().parseHex(octets)), out);
      return HexFormat.of().formatHex(out.toByteArray());
    } catch (RpcAbortException e) {
      return "abort " + e.code();
    } catch (Exception e) {
      throw new IllegalStateException(procedure + " " + octets, e);
    }
  }

  private void call(String procedure, XdrReader in, XdrWriter out) throws Exception {
    switch (procedure) {
      case "Numbers" -> zoo.numbers(ZooNumbers.decode(in)).encode(out);
      case "Texts" -> zoo.texts(ZooTexts.decode(in)).encode(out);
      case "Arrays" -> zoo.arrays(ZooArrays.decode(in)).encode(out);
      case "Maybe" -> zoo.maybe(ZooMaybe.decode(in)).encode(out);
      case "Cages" -> zoo.cages(ZooCages.decode(in)).encode(out);
      case "List" ->
          out.chain("", zoo.list(in.chain("", ZooNode::decode)), ZooNode::encode);
      case "Scalars" ->
          zoo.scalars(
                  in.int32(""),
                  in.int32(""),
                  in.int16(""),
                  in.uint16(""),
                  in.uint8(""),
                  in.int64(""),
                  in.int64(""),
                  in.bool(""),
                  ZooKind.of(in.int32("")),
                  in.string("", 10),
                  in.opaqueUpTo("", 12))
              .encode(out);
      case "Letter" -> out.int8(zoo.letter(in.int8("")));
      case "Both" ->
          zoo.both(ZooNumbers.decode(in), in.int32("")).encode(out);
      case "Nothing" -> zoo.nothing();
      case "Fail" -> zoo.fail(in.int32(""));
      case "Renamed" -> out.int32(zoo.renamed(in.int32("")));
      case "Many" -> out.int32(many(in.int32("")));
      case "First" -> out.int32(pen.first(in.int32("")));
      case "Second" -> out.int32(pen.async().second(in.int32("")).get());
      case "Store" -> store(in.int64("")).encode(out);
      case "Fetch" -> out.int32(fetch(in.int64("")));
      default -> throw new IllegalArgumentException(procedure);
    }
  }

  private int many(int given) throws Exception {
    try (MultiCall<Integer> calls = zoo.manyAll(List.of(address, address, address), given)) {
      int sum = 0;
      for (int i = 0; i < 3; i++) {
        Answer<Integer> answer = calls.take();
        sum += answer.get() == given ? 1 : 0;
      }
      return sum == 3 ? zoo.many(given) : -1;
    }
  }

  private Zoo.StoreResult store(long length) throws IOException {
    try (SplitCall<Zoo.StoreResult> call = zoo.store(length)) {
      int sent = give(call.request(), length);
      Zoo.StoreResult result = call.end();
      if (result.sum() != sent) {
        throw new IllegalStateException("sent " + sent + ", stored " + result);
      }
      return result;
    }
  }

  private int fetch(long length) throws IOException {
    try (SplitCall<Integer> call = zoo.fetch(length)) {
      int seen = take(call.reply(), length);
      int sum = call.end();
      if (sum != seen) {
        throw new IllegalStateException("seen " + seen + ", sent " + sum);
      }
      return sum;
    }
  }

  /** Octet i is i * 7; returns their sum. */
  private static int give(OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[8192];
    int sum = 0;
    long at = 0;
    while (at < length) {
      int n = (int) Math.min(buffer.length, length - at);
      for (int i = 0; i < n; i++) {
        buffer[i] = (byte) ((at + i) * 7);
        sum += buffer[i] & 0xff;
      }
      out.write(buffer, 0, n);
      at += n;
    }
    return sum;
  }

  private static int take(InputStream in, long length) throws IOException {
    byte[] buffer = new byte[8192];
    int sum = 0;
    long left = length;
    while (left > 0) {
      int n = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
      if (n == 0) {
        throw new IOException(left + " octets are missing");
      }
      for (int i = 0; i < n; i++) {
        sum += buffer[i] & 0xff;
      }
      left -= n;
    }
    return sum;
  }

  private static final class Served implements ZooService {
    @Override
    public ZooNumbers numbers(Caller caller, ZooNumbers given) {
      return given;
    }

    @Override
    public ZooTexts texts(Caller caller, ZooTexts given) {
      return given;
    }

    @Override
    public ZooArrays arrays(Caller caller, ZooArrays given) {
      return given;
    }

    @Override
    public List<ZooNode> list(Caller caller, List<ZooNode> given) {
      return given;
    }

    @Override
    public ZooMaybe maybe(Caller caller, ZooMaybe given) {
      return given;
    }

    @Override
    public ZooCages cages(Caller caller, ZooCages given) {
      return given;
    }

    @Override
    public Zoo.ScalarsResult scalars(
        Caller caller,
        int a,
        int b,
        short c,
        int d,
        int e,
        long f,
        long g,
        boolean h,
        ZooKind i,
        String j,
        Octets k) {
      return new Zoo.ScalarsResult(a, b, c, d, e, f, g, h, i, j, k);
    }

    @Override
    public byte letter(Caller caller, byte given) {
      return given;
    }

    @Override
    public Zoo.BothResult both(Caller caller, ZooNumbers numbers, int count) {
      return new Zoo.BothResult(numbers, count + 1);
    }

    @Override
    public void nothing(Caller caller) {}

    @Override
    public void fail(Caller caller, int code) {
      if (code != 0) {
        throw new CallAbort(new AbortCode(code));
      }
    }

    @Override
    public int renamed(Caller caller, int given) {
      return given;
    }

    @Override
    public int many(Caller caller, int given) {
      return given;
    }

    @Override
    public Zoo.StoreResult store(ServedSplit call, long length) throws IOException {
      return new Zoo.StoreResult(length, take(call.request(), length));
    }

    @Override
    public int fetch(ServedSplit call, long length) throws IOException {
      return give(call.reply(), length);
    }
  }

  private static final class ServedPen implements PenService {
    @Override
    public int first(Caller caller, int given) {
      return given;
    }

    @Override
    public int second(Caller caller, int given) {
      return given + 1;
    }
  }
}
