// SPDX-License-Identifier: Apache-2.0
/**
 * rxkad's cipher by the Vector API. It is used when {@code jdk.incubator.vector} is there ({@code
 * --add-modules jdk.incubator.vector}) and the processor has AVX-512 VBMI; otherwise it does
 * nothing.
 */
module io.rxrpc.rxkad.vector {
  requires io.rxrpc;
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  provides io.rxrpc.security.rxkad.WideFcryptSource with
      io.rxrpc.rxkad.vector.VectorFcryptSource;
}
