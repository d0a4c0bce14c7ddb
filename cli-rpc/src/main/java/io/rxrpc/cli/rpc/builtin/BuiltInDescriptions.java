// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.builtin;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.rxgen.DescriptionReader;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.source.Source;
import io.rxrpc.rxgen.source.SourceFiles;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The descriptions of the built-in services, each read when it is asked for the first time. */
final class BuiltInDescriptions {
  private static final Map<BuiltInService, Description> READ = new EnumMap<>(BuiltInService.class);

  private BuiltInDescriptions() {}

  /** The description of a service, called as the service is on a command line. */
  static Description of(BuiltInService service) {
    synchronized (READ) {
      return READ.computeIfAbsent(service, BuiltInDescriptions::read);
    }
  }

  private static Description read(BuiltInService service) {
    DescriptionReader.Result result =
        DescriptionReader.of(new Included(), Map.of())
            .read(new Source(service.label(), service.description()));
    Description description = result.description();
    if (description == null) {
      throw new IllegalStateException(
          "the description of " + service.label() + " is wrong: " + result.problems());
    }
    return description;
  }

  /** What descriptions include: files beside them in the module. */
  private static final class Included implements SourceFiles {
    @Override
    public @Nullable Source find(String name, Source from, boolean quoted) {
      String text = BuiltInService.included(name);
      return text == null ? null : new Source(name, text);
    }

    @Override
    public String searched(boolean quoted, Source from) {
      return "the module of AFS";
    }
  }
}
