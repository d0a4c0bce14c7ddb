// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.java;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Names that generated code must not give to what a description names. */
final class Reserved {
  /** Words of the language, the contextual ones that cannot name a type among them. */
  private static final Set<String> WORDS =
      words(
          """
          abstract assert boolean break byte case catch char class const continue default do double
          else enum extends false final finally float for goto if implements import instanceof int
          interface long native new null package private protected public return short static
          strictfp super switch synchronized this throw throws transient true try void volatile
          while _ permits record sealed var yield when
          """);

  /** What generated code uses without a qualifier, from java.lang and elsewhere. */
  private static final Set<String> TYPES =
      words(
          """
          AbstractMethodError Appendable ArithmeticException ArrayIndexOutOfBoundsException
          ArrayStoreException AssertionError AutoCloseable Boolean BootstrapMethodError Byte
          CharSequence Character Class ClassCastException ClassCircularityError ClassFormatError
          ClassLoader ClassNotFoundException ClassValue CloneNotSupportedException Cloneable
          Comparable Compiler Deprecated Double Enum EnumConstantNotPresentException Error Exception
          ExceptionInInitializerError Float FunctionalInterface IO IllegalAccessError
          IllegalAccessException IllegalArgumentException IllegalCallerException
          IllegalMonitorStateException IllegalStateException IllegalThreadStateException
          IncompatibleClassChangeError IndexOutOfBoundsException InheritableThreadLocal
          InstantiationError InstantiationException Integer InternalError InterruptedException
          Iterable LayerInstantiationException LinkageError Long MatchException Math Module
          ModuleLayer NegativeArraySizeException NoClassDefFoundError NoSuchFieldError
          NoSuchFieldException NoSuchMethodError NoSuchMethodException NullPointerException Number
          NumberFormatException Object OutOfMemoryError Override Package Process ProcessBuilder
          ProcessHandle Readable Record ReflectiveOperationException Runnable Runtime
          RuntimeException RuntimePermission SafeVarargs ScopedValue SecurityException
          SecurityManager Short StableValue StackOverflowError StackTraceElement StackWalker
          StrictMath String StringBuffer StringBuilder StringIndexOutOfBoundsException StringTemplate
          SuppressWarnings System Thread ThreadDeath ThreadGroup ThreadLocal Throwable
          TypeNotPresentException UnknownError UnsatisfiedLinkError UnsupportedClassVersionError
          UnsupportedOperationException VerifyError VirtualMachineError Void WrongThreadException
          CallOptions Caller Collection CompletableFuture Dispatcher IOException Ints List Longs
          MultiCall Objects Octets Optional Parameters Procedure RpcClient RpcException RxrpcAddress
          RxrpcEndpoint ServedSplit SplitCall UUID XdrDecoder XdrEncoder XdrException XdrLimits
          XdrReader XdrText XdrType XdrWriter
          """);

  /** Variables and parameters of generated code. */
  private static final Set<String> VARIABLES =
      words("in out caller call rpc result servers options endpoint server");

  /** Methods that a record has, cannot have, or that references to would be ambiguous with. */
  private static final Set<String> METHODS =
      words("clone decode encode equals finalize getClass hashCode notify notifyAll toString wait");

  private Reserved() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  static boolean isWord(String name) {
    return WORDS.contains(name);
  }

  /** A component of a record cannot be called that. */
  static boolean isComponent(String name) {
    return isWord(name) || METHODS.contains(name) || name.equals("out");
  }

  /** A parameter or variable cannot be called that. */
  static boolean isVariable(String name) {
    return isComponent(name) || VARIABLES.contains(name) || name.matches("(e|to)\\d*");
  }

  /** A procedure's method cannot be called that. */
  static boolean isMethod(String name) {
    return isWord(name)
        || METHODS.contains(name)
        || Set.of("with", "async", "rpc", "dispatcher").contains(name);
  }

  /** The names of types that are taken, in small letters: files may differ in nothing else. */
  static Set<String> types() {
    Set<String> types = new TreeSet<>();
    TYPES.forEach(type -> types.add(type.toLowerCase(Locale.ROOT)));
    return types;
  }
}
