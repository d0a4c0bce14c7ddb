package io.rxrpc;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** A virtual thread for each task. */
final class VirtualThreads implements Executor {
  static final VirtualThreads INSTANCE = new VirtualThreads();

  private final ThreadFactory factory =
      Thread.ofVirtual().name("rxrpc-handler").inheritInheritableThreadLocals(false).factory();

  private VirtualThreads() {}

  @Override
  public void execute(Runnable task) {
    factory.newThread(task).start();
  }
}
