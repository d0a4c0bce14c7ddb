// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks of the hot paths. */
module io.rxrpc.bench {
  requires io.rxrpc;
  requires io.rxrpc.rpc;
  requires io.rxrpc.testkit;
  requires com.google.common;
  requires io.grpc;
  requires io.grpc.netty.shaded;
  requires io.grpc.stub;
  requires java.management;
  requires jdk.management;
  requires jmh.core;
  requires org.dcache.oncrpc4j;
  requires static org.jspecify;
}
