// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.recorded;

import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.rpc.Dispatcher;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.ServedSplit;
import io.rxrpc.rpc.SplitCall;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/**
 * Serves a service by calling the same procedure elsewhere: what comes in is decoded and encoded by
 * what was generated for both sides.
 */
final class TypedRelay {
  private TypedRelay() {}

  /** A handler for a generated service, by the client that was generated with it. */
  static CallHandler of(Class<?> service, Object client) throws Exception {
    Object relay =
        Proxy.newProxyInstance(
            TypedRelay.class.getClassLoader(), new Class<?>[] {service}, new Calling(client));
    return (Dispatcher) service.getMethod("dispatcher").invoke(relay);
  }

  private record Calling(Object client) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("dispatcher")) {
        return InvocationHandler.invokeDefault(proxy, method);
      }
      Class<?>[] types = method.getParameterTypes();
      Method called =
          client.getClass().getMethod(method.getName(), Arrays.copyOfRange(types, 1, types.length));
      try {
        Object result = called.invoke(client, Arrays.copyOfRange(arguments, 1, arguments.length));
        return result instanceof SplitCall<?> split
            ? split(split, (ServedSplit) arguments[0])
            : result;
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof RpcAbortException abort) {
          throw new CallAbort(abort.code());
        }
        throw e.getCause();
      }
    }

    /** The data goes up to its end, and down as far as the procedure says. */
    private static Object split(SplitCall<?> call, ServedSplit served) throws IOException {
      try (call) {
        served.request().transferTo(call.request());
        InputStream in = call.reply();
        OutputStream out = served.reply();
        switch (served.caller().procedure().name()) {
          case "RXAFS_FetchData" -> {
            int length = new DataInputStream(in).readInt();
            new DataOutputStream(out).writeInt(length);
            out.write(in.readNBytes(length));
          }
          case "RXAFS_FetchData64" -> {
            long length = new DataInputStream(in).readLong();
            new DataOutputStream(out).writeLong(length);
            out.write(in.readNBytes((int) length));
          }
          case "BOZO_GetLog" -> in.transferTo(out);
          default -> {}
        }
        return call.end();
      }
    }
  }
}
