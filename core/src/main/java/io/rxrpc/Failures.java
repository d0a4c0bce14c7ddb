// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.engine.Completion;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The one place where the end of a call becomes an exception. */
final class Failures {
  private Failures() {}

  /** What a client throws whose call to {@code to} failed. */
  static RxrpcException of(CallFailure failure, RxrpcAddress to) {
    return of(failure.completion(), failure.getCause(), to, to.toString());
  }

  /** The same when it failed at all the addresses that {@code who} names. */
  static RxrpcException of(CallFailure failure, RxrpcAddress to, String who) {
    return of(failure.completion(), failure.getCause(), to, who);
  }

  /** What a handler's call throws. */
  static RxrpcException served(CallFailure failure, InetSocketAddress client, int serviceId) {
    return of(
        failure.completion(),
        failure.getCause(),
        new RxrpcAddress(client, serviceId),
        "client " + RxrpcAddress.text(client));
  }

  /** What is thrown where there is no call. */
  static RxrpcException of(CallFailure failure, String who) {
    return of(failure.completion(), failure.getCause(), null, who);
  }

  /** What is thrown where a peer was asked about itself. */
  static RxrpcException debug(CallFailure failure, RxrpcAddress address, String who) {
    Completion end = failure.completion();
    if (end.kind() == Completion.Kind.REMOTE_ABORT) {
      AbortCode code = new AbortCode(end.abortCode());
      return new RemoteAbortException(
          who + " refused: " + end.reason() + " (" + code + ")", address, code);
    }
    return of(failure, who);
  }

  /** The thread's interrupt flag is set again; the caller aborts the call. */
  static CallInterruptedException interrupted(
      InterruptedException why, @Nullable RxrpcAddress address, String what) {
    Thread.currentThread().interrupt();
    return new CallInterruptedException("interrupted while waiting for " + what, address, why);
  }

  private static RxrpcException of(
      Completion end, @Nullable Throwable cause, @Nullable RxrpcAddress address, String who) {
    return switch (end.kind()) {
      case REMOTE_ABORT -> {
        AbortCode code = new AbortCode(end.abortCode());
        yield new RemoteAbortException(who + " aborted the call: " + code, present(address), code);
      }
      case LOCAL_ABORT -> {
        AbortCode code = new AbortCode(end.abortCode());
        String text =
            end.abortCode() == AbortCodes.RX_PROTOCOL_ERROR
                ? who + " broke the protocol, " + end.reason() + ": aborted with " + code
                : code.isSecurity() && !end.reason().isEmpty()
                    ? who + " is not trusted, " + end.reason() + ": aborted with " + code
                    : "call of " + who + " aborted here: " + code;
        yield new LocalAbortException(text, present(address), code);
      }
      case NETWORK_ERROR ->
          new NetworkErrorException(network(end, address, who), address, end.errno());
      case BUSY ->
          new ServerBusyException(who + " is busy: it took no call (EBUSY)", present(address));
      case LOCAL_ERROR -> local(end, cause, address, who);
      case SUCCESS -> throw new IllegalArgumentException("a success is no failure");
    };
  }

  private static RxrpcException local(
      Completion end, @Nullable Throwable cause, @Nullable RxrpcAddress address, String who) {
    Errno errno = Errno.of(end.errno());
    String name = Errno.name(end.errno());
    if (errno == Errno.ETIME) {
      return new CallTimeoutException(
          who + " timed out: " + end.reason() + " (" + name + ")", address);
    }
    if (errno == Errno.ESHUTDOWN) {
      return new EndpointClosedException(
          who + " cannot be called: " + end.reason() + " (" + name + ")", address);
    }
    String code = end.abortCode() == 0 ? "" : ", " + new AbortCode(end.abortCode());
    return new LocalErrorException(
        who + " failed here: " + end.reason() + " (" + name + code + ")",
        address,
        end.errno(),
        cause);
  }

  private static String network(Completion end, @Nullable RxrpcAddress address, String who) {
    String name = Errno.name(end.errno());
    if (end.errno() == Errno.ECONNREFUSED.number()) {
      String port = address == null ? "that port" : "UDP port " + address.transport().getPort();
      return who + " refused: nobody listens on " + port + " (" + name + ")";
    }
    Errno errno = Errno.of(end.errno());
    String text = errno == null ? "network error" : errno.text();
    return who + " cannot be reached: " + text + " (" + name + ")";
  }

  private static RxrpcAddress present(@Nullable RxrpcAddress address) {
    if (address == null) {
      throw new IllegalArgumentException("only a call can end so");
    }
    return address;
  }
}
