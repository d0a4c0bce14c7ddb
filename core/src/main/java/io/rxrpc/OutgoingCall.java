// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that an endpoint is about to make, as its {@link ClientInterceptor}s see it. To be changed
 * by them only, while they are asked.
 */
public final class OutgoingCall {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.call");

  private final RxrpcAddress to;
  private final List<Consumer<@Nullable Throwable>> listeners = new ArrayList<>(1);
  private final AtomicBoolean over = new AtomicBoolean();
  private CallOptions options;

  private OutgoingCall(RxrpcAddress to, CallOptions options) {
    this.to = to;
    this.options = options;
  }

  /**
   * Asks all interceptors.
   *
   * @return null if there are none
   */
  static @Nullable OutgoingCall of(
      List<ClientInterceptor> interceptors, RxrpcAddress to, CallOptions options)
      throws RxrpcException {
    if (interceptors.isEmpty()) {
      return null;
    }
    OutgoingCall call = new OutgoingCall(to, options);
    try {
      for (ClientInterceptor i : interceptors) {
        i.intercept(call);
      }
    } catch (RxrpcException | RuntimeException | Error e) {
      call.ended(e); // those before it began something
      throw e;
    }
    return call;
  }

  /** {@return where it goes} */
  public RxrpcAddress to() {
    return to;
  }

  /** {@return how it will be made} */
  public CallOptions options() {
    return options;
  }

  /**
   * Has it made otherwise, for example with a token.
   *
   * @param others the others
   */
  public void options(CallOptions others) {
    options = Objects.requireNonNull(others, "others");
  }

  /**
   * Has a listener told once how the call ended. A streamed call has ended when it is closed.
   *
   * @param listener gets null if the whole reply was read, else what the caller got or would have
   *     got: a {@link RxrpcException}, or of a future that was cancelled or completed otherwise
   *     what it was completed with. Called in the thread that ends the call; it must not block
   */
  public void onEnd(Consumer<@Nullable Throwable> listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  @SuppressWarnings("CatchingUnchecked") // a listener may throw what it likes
  void ended(@Nullable Throwable failure) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    for (Consumer<@Nullable Throwable> listener : listeners) {
      try {
        listener.accept(failure);
      } catch (Throwable e) {
        LOG.log(Level.WARNING, "a listener of a call's end failed", e);
      }
    }
  }
}
