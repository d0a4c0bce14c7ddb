// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/**
 * On the class of a verb: the options of {@link RootCommand} that mean nothing to it. Its help does
 * not list them, and who gives one is told so. A verb without this annotation has them all.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Without {
  /** What the verb has nothing of. */
  Part[] value();

  /** Options that go together. */
  enum Part {
    /** It sends no packets. */
    PACKETS("--pcap", "--trace", "--port-kind"),
    /** It reads no tunables. */
    TUNABLES("--set"),
    /** It prints nothing that a program would want as JSON. */
    JSON("--json"),
    /** It prints no progress and no remarks; being quiet is granted all the same. */
    REMARKS("--quiet");

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it
    private final List<String> options;

    Part(String... options) {
      this.options = List.of(options);
    }

    /** The long names. */
    public List<String> options() {
      return options;
    }
  }
}
