// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import io.rxrpc.rpc.Procedure;
import io.rxrpc.rxgen.model.DeclaredProcedure.Mode;
import io.rxrpc.rxgen.model.DeclaredProcedure.Parameter;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.model.RpcPackage;
import io.rxrpc.rxgen.value.DynamicCodec;
import io.rxrpc.rxgen.value.ValueException;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A procedure of a description, and how its parameters are written and read. Immutable. */
public final class DescribedProcedure {
  private final Description description;
  private final RpcPackage owner;
  private final io.rxrpc.rxgen.model.DeclaredProcedure model;
  private final DynamicCodec codec;

  DescribedProcedure(
      Description description,
      RpcPackage owner,
      io.rxrpc.rxgen.model.DeclaredProcedure model,
      DynamicCodec codec) {
    this.description = description;
    this.owner = owner;
    this.model = model;
    this.codec = codec;
  }

  /** With its package: {@code SAMPLE_Add}. */
  public String name() {
    return owner.name() + model.name();
  }

  /** Without its package: {@code Add}. */
  String plainName() {
    return model.name();
  }

  int opcode() {
    return model.opcode();
  }

  /** The file that describes it. */
  public String file() {
    return description.file();
  }

  /** What the types of its parameters refer to. */
  public Description description() {
    return description;
  }

  /** As calls are made of it. */
  public Procedure rpc() {
    return new Procedure(name(), model.opcode());
  }

  /** Whether data of the application's own goes between its parameters and its results. */
  public boolean isSplit() {
    return model.mode() == Mode.SPLIT;
  }

  /** What a request has. */
  public List<Parameter> in() {
    return model.in();
  }

  /** What a reply has. */
  public List<Parameter> out() {
    return model.out();
  }

  /**
   * The parameters of a request, encoded, without the opcode.
   *
   * @throws RefusedException naming the parameter that is missing, unknown or out of its bounds
   */
  public byte[] request(Map<String, ? extends @Nullable Object> values) throws RefusedException {
    try {
      XdrWriter out = new XdrWriter();
      codec.encodeRequest(model, values, out);
      return out.toByteArray();
    } catch (ValueException | IOException e) {
      throw new RefusedException(name() + " cannot be called: " + e.getMessage());
    }
  }

  /**
   * The results of a reply, encoded.
   *
   * @throws RefusedException naming the result that is missing, unknown or out of its bounds
   */
  public byte[] reply(Map<String, ? extends @Nullable Object> values) throws RefusedException {
    try {
      XdrWriter out = new XdrWriter();
      codec.encodeReply(model, values, out);
      return out.toByteArray();
    } catch (ValueException | IOException e) {
      throw new RefusedException(name() + ": " + e.getMessage());
    }
  }

  /** Reads the parameters of a request, from behind the opcode. */
  Map<String, @Nullable Object> decodeRequest(XdrReader in) throws IOException {
    return codec.decodeRequest(model, in);
  }

  /** Reads the results of a reply. */
  public Map<String, @Nullable Object> decodeReply(XdrReader in) throws IOException {
    return codec.decodeReply(model, in);
  }

  /** How many octets its results take; empty where that depends on their values. */
  public OptionalInt replySize() {
    return FixedSize.of(description, model.out().stream().map(Parameter::type).toList());
  }

  @Override
  public String toString() {
    return rpc().toString();
  }
}
