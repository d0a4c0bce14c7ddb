// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.rxgen.DescriptionReader;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.source.Source;
import io.rxrpc.rxgen.source.SourceFiles;
import java.util.Map;

/** The descriptions of the built-in services, read as a command reads them. */
public final class PackagedDescriptions {
  private static final class Included implements SourceFiles {
    @Override
    public Source find(String name, Source from, boolean quoted) {
      String text = BuiltInService.included(name);
      return text == null ? null : new Source(name, text);
    }

    @Override
    public String searched(boolean quoted, Source from) {
      return "the module";
    }
  }

  private PackagedDescriptions() {}

  /** Without a problem of any kind. */
  public static Description of(BuiltInService service) {
    DescriptionReader.Result result =
        DescriptionReader.of(new Included(), Map.of())
            .read(new Source(service.fileName(), service.description()));
    assertThat(result.problems()).isEmpty();
    return result.description();
  }
}
