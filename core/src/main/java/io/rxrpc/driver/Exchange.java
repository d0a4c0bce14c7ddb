package io.rxrpc.driver;

import io.rxrpc.security.ClientSecurity;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One client call of a thread that has the whole request and wants the whole reply. */
public final class Exchange extends Command {
  private final EndpointDriver driver;
  private final InetSocketAddress to;
  private final int serviceId;
  private final ClientSecurity security;
  private final long timeoutNanos;
  private final byte[] request;
  private final Thread thread = Thread.currentThread();

  // written under the lock by whoever begins the call
  private @Nullable DriverCall call;
  private @Nullable Throwable failure;
  private int sent;
  private volatile boolean begun;

  private Exchange(
      EndpointDriver driver,
      InetSocketAddress to,
      int serviceId,
      ClientSecurity security,
      long timeoutNanos,
      byte[] request) {
    this.driver = driver;
    this.to = to;
    this.serviceId = serviceId;
    this.security = driver.settled(security);
    this.timeoutNanos = timeoutNanos;
    this.request = request;
  }

  /**
   * Makes a call and waits for its end.
   *
   * @param timeoutNanos the call's limit; 0 for what is tuned
   * @param maxReply bytes of reply that are taken
   */
  public static byte[] make(
      EndpointDriver driver,
      InetSocketAddress to,
      int serviceId,
      ClientSecurity security,
      long timeoutNanos,
      byte[] request,
      int maxReply)
      throws CallFailure, InterruptedException {
    Exchange exchange = new Exchange(driver, to, serviceId, security, timeoutNanos, request);
    driver.submit(exchange);
    return exchange.await(maxReply);
  }

  @Override
  void execute(long now, Wakeups wakeups) {
    try {
      DriverCall opened = driver.open(to, serviceId, security, timeoutNanos, now);
      call = opened;
      sent = opened.out.beginWhole(request, now);
      if (opened.out.ended()) {
        opened.in.expect(thread);
      } else {
        wakeups.unpark(thread); // it must write the request itself
      }
    } catch (CallFailure | RuntimeException | Error e) {
      failure = e;
      wakeups.unpark(thread);
    }
    begun = true;
  }

  private byte[] await(int maxReply) throws CallFailure, InterruptedException {
    boolean interrupted = false;
    while (!begun) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        interrupted = true;
        driver.settle(); // now it has begun
      }
    }
    DriverCall opened = call;
    if (opened == null) {
      throw failed();
    }
    boolean through = false;
    try {
      if (interrupted) {
        throw new InterruptedException();
      }
      if (!opened.out.ended()) {
        opened.out.writeWhole(request, sent);
      }
      byte[] reply = opened.in.readWhole(maxReply);
      through = true;
      return reply;
    } finally {
      if (through) {
        opened.discard();
      } else {
        opened.close();
      }
    }
  }

  private CallFailure failed() {
    Throwable why = failure;
    if (why instanceof CallFailure f) {
      return f;
    }
    throw new IllegalStateException("the call could not be begun", why);
  }
}
