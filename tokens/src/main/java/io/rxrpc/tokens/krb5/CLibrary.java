// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions of a C library, bound by their names once and never unloaded. Thread-safe. */
final class CLibrary {
  /** Why a library cannot be used; the message is for people. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why);
    }

    Unusable(String why, Throwable cause) {
      super(why, cause);
    }
  }

  private final Map<String, MethodHandle> functions;

  private CLibrary(Map<String, MethodHandle> functions) {
    this.functions = functions;
  }

  /** Looks a library up by the system's search path, or by a path. */
  @SuppressWarnings("restricted") // what native access is enabled for
  static SymbolLookup find(String name) throws Unusable {
    if (!CLibrary.class.getModule().isNativeAccessEnabled()) {
      throw new Unusable("native access is not enabled");
    }
    if (ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
      throw new Unusable("its structures are known for 64 bits only");
    }
    try {
      return SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new Unusable("there is no " + name, e);
    }
  }

  /** Binds all functions of a table, which must be there. */
  @SuppressWarnings("restricted") // what native access is enabled for
  static CLibrary bind(String name, SymbolLookup symbols, Map<String, FunctionDescriptor> types)
      throws Unusable {
    Linker linker = Linker.nativeLinker();
    Map<String, MethodHandle> functions = new HashMap<>();
    for (Map.Entry<String, FunctionDescriptor> f : types.entrySet()) {
      MemorySegment address =
          symbols
              .find(f.getKey())
              .orElseThrow(() -> new Unusable(name + " has no " + f.getKey() + ": it is too old"));
      functions.put(f.getKey(), linker.downcallHandle(address, f.getValue()));
    }
    return new CLibrary(Map.copyOf(functions));
  }

  /** Calls a function that returns an error code. */
  int code(String function, Object... arguments) {
    Object result = invoke(function, arguments);
    return result instanceof Long wide ? Math.toIntExact(wide) : (int) result;
  }

  /** Calls a function that returns a pointer. */
  MemorySegment pointer(String function, Object... arguments) {
    return (MemorySegment) invoke(function, arguments);
  }

  /** Calls a function that returns nothing. */
  void free(String function, Object... arguments) {
    invoke(function, arguments);
  }

  @SuppressWarnings("NullAway") // a void function gives null
  private Object invoke(String function, Object... arguments) {
    MethodHandle handle = functions.get(function);
    if (handle == null) {
      throw new IllegalArgumentException("unknown function " + function);
    }
    try {
      return handle.invokeWithArguments(List.of(arguments));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a function of C threw", e);
    }
  }
}
