// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.error;

import io.rxrpc.rpc.ErrorCode;
import io.rxrpc.rpc.ErrorTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All families of errors: com_err tables as they lie beside the descriptions, and the others. */
final class Families {
  static final String ERRNO = "errno";
  static final String RXGK_YFS = "RXGK-YFS";

  private static final String FOLDER = "/META-INF/rxgen/errors/";

  private Families() {}

  static List<ErrorFamily> all() {
    ErrorTable uae = table("uae");
    return List.of(
        new ErrorFamily("Rx", "Rx itself", RxErrors.RX),
        new ErrorFamily("rxgen", "what generated code fails with", RxErrors.RXGEN),
        family("VL", "volume location service"),
        family("PT", "protection service"),
        family("VOLS", "volume service and vos"),
        family("BZ", "overseer"),
        family("U", "ubik, on database servers"),
        new ErrorFamily("Vice", "volumes, on file servers", ViceErrors.ALL),
        new ErrorFamily("UAE", "a server's system, the same for all systems", uae.codes()),
        family("RXK", "rxkad: the token is refused"),
        family("RXGK", "rxgk of OpenAFS"),
        new ErrorFamily(RXGK_YFS, "rxgk of YFS and Linux", RxErrors.RXGK_YFS),
        family("KA", "Kerberos 4 authentication service"),
        family("BUDB", "backup database"),
        new ErrorFamily(ERRNO, "a server's system, as Linux numbers them", errno(uae.codes())));
  }

  private static ErrorFamily family(String name, String about) {
    return new ErrorFamily(name, about, table(name).codes());
  }

  private static ErrorTable table(String name) {
    String file = FOLDER + name.toLowerCase(Locale.ROOT) + ".et";
    try (InputStream in = Families.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the module lacks " + file);
      }
      return ErrorTable.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of Linux, which those for all systems follow with two gaps and some at the end. */
  private static List<ErrorCode> errno(List<ErrorCode> uae) {
    List<ErrorCode> errno = new ArrayList<>();
    for (int i = 0; i < uae.size(); i++) {
      ErrorCode code = uae.get(i);
      String name = code.name().substring("UA".length());
      int number =
          switch (name) {
            case "EWOULDBLOCK", "ENOTSUP", "EOTHER", "EPROCLIM", "EDISCON" -> 0; // not Linux's own
            case "EOWNERDEAD" -> 130;
            case "ENOTRECOVERABLE" -> 131;
            default -> i <= 56 ? i + 1 : i + 2;
          };
      if (number != 0) {
        errno.add(new ErrorCode(number, name, code.text()));
      }
    }
    return errno;
  }
}
