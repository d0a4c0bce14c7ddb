// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.CallOptions;
import io.rxrpc.ServiceOptions;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.text.EnctypeText;
import io.rxrpc.cli.text.LevelText;
import io.rxrpc.cli.text.SecurityChoice;
import io.rxrpc.load.data.EmbeddedKeys;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.security.rxgk.RxgkForm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code perf local} that say how the calls are secured. */
final class LocalSecurity {
  private static final int FIRST_AES = 17;
  private static final int LAST_AES = 20;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      converter = LevelText.class,
      description =
          "With security at this level: clear, auth or encrypt (default: without security). The"
              + " keys are this process's own.")
  private @Nullable SecurityLevel level;

  @Option(
      names = "--security",
      paramLabel = "CLASS",
      split = ",",
      converter = SecurityChoice.Text.class,
      description =
          "With --level: by rxkad (default), rxgk or yfs-rxgk; several are measured in turn and"
              + " compared with the first.")
  private List<SecurityChoice> classes = new ArrayList<>();

  @Option(
      names = "--enctype",
      paramLabel = "TYPE",
      converter = EnctypeText.class,
      description = "With rxgk: the type of its keys (default: aes256-sha1).")
  private int enctype = EmbeddedKeys.ENCTYPE;

  /**
   * One way to secure calls.
   *
   * @param name for people
   */
  record Way(String name, CallOptions calls, ServiceOptions service) {}

  /** What is to be measured, in this order; at least one. */
  List<Way> ways() throws CommandFailure {
    SecurityLevel with = level;
    if (with == null) {
      if (!classes.isEmpty() || enctype != EmbeddedKeys.ENCTYPE) {
        throw CommandFailure.usage(
            (classes.isEmpty() ? "--enctype" : "--security")
                + " needs --level: without it nothing is secured");
      }
      return List.of(new Way("null", CallOptions.DEFAULT, ServiceOptions.UNSECURED));
    }
    if (enctype < FIRST_AES || enctype > LAST_AES) {
      throw CommandFailure.usage(
          "--enctype "
              + EnctypeNames.of(enctype)
              + ": rxgk has aes128-sha1, aes256-sha1, aes128-sha2 and aes256-sha2");
    }
    EmbeddedKeys keys = new EmbeddedKeys(enctype);
    List<Way> ways = new ArrayList<>();
    for (SecurityChoice choice : classes.isEmpty() ? List.of(SecurityChoice.RXKAD) : classes) {
      ways.add(
          switch (choice) {
            case RXKAD ->
                new Way(
                    "rxkad " + with,
                    CallOptions.DEFAULT.token(keys.token(), with),
                    ServiceOptions.rxkad(keys.server()).minimumLevel(with));
            case RXGK -> rxgk(keys, RxgkForm.OPENAFS, with);
            case YFS_RXGK -> rxgk(keys, RxgkForm.YFS, with);
          });
    }
    return ways;
  }

  private Way rxgk(EmbeddedKeys keys, RxgkForm form, SecurityLevel with) {
    return new Way(
        form.mechanism() + " " + with + ", " + EnctypeNames.of(enctype),
        CallOptions.DEFAULT.token(keys.token(form, with), with),
        ServiceOptions.rxgk(keys.rxgkServer()).minimumLevel(with));
  }
}
