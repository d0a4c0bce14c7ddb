// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.neighbours;

import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What a handler does besides answering. */
enum Manners {
  QUICK("answers at once") {
    @Override
    CallHandler handler(RxrpcEndpoint own, RxrpcAddress echo) {
      return call -> call.endReply(call.readAll(MOST));
    }
  },
  SLEEPS("sleeps for 5 ms") {
    @Override
    CallHandler handler(RxrpcEndpoint own, RxrpcAddress echo) {
      return call -> {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        call.endReply(call.readAll(MOST));
      };
    }
  },
  SOMETIMES("sleeps for 5 ms in one call of ten") {
    @Override
    CallHandler handler(RxrpcEndpoint own, RxrpcAddress echo) {
      AtomicInteger calls = new AtomicInteger();
      return call -> {
        if (calls.incrementAndGet() % 10 == 0) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        call.endReply(call.readAll(MOST));
      };
    }
  },
  COMPUTES("computes for 1 ms") {
    @Override
    CallHandler handler(RxrpcEndpoint own, RxrpcAddress echo) {
      return call -> {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(1)) {
          Thread.onSpinWait();
        }
        call.endReply(call.readAll(MOST));
      };
    }
  },
  RECURS("calls through its own endpoint and waits") {
    @Override
    CallHandler handler(RxrpcEndpoint own, RxrpcAddress echo) {
      return call -> call.endReply(own.call(echo, call.readAll(MOST)));
    }
  },
  THROWS("throws") {
    @Override
    CallHandler handler(RxrpcEndpoint own, RxrpcAddress echo) {
      return call -> {
        throw new CallAbort(77);
      };
    }
  },
  NEVER("never comes back") {
    @Override
    CallHandler handler(RxrpcEndpoint own, RxrpcAddress echo) {
      return call -> Thread.currentThread().join();
    }
  };

  private static final int MOST = 1000;

  final String text;

  Manners(String text) {
    this.text = text;
  }

  /**
   * The handler.
   *
   * @param echo a quick service of the same endpoint
   */
  abstract CallHandler handler(RxrpcEndpoint own, RxrpcAddress echo);
}
