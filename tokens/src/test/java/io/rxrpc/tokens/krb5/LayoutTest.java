// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The offsets of krb5.h's structures, as a compiler for 64 bits lays them out. */
class LayoutTest {
  private static final List<Path> HEADERS =
      List.of(Path.of("/usr/include/mit-krb5/krb5.h"), Path.of("/usr/include/krb5.h"));

  /** What krb5.h of MIT Kerberos 1.20 gives. */
  private static final String OF_MIT =
      """
      creds.client 8
      creds.server 16
      creds.keyblock 24
      creds.times 48
      creds.ticket 80
      creds 120
      keyblock.enctype 4
      keyblock.length 8
      keyblock.contents 16
      ticket_times.authtime 0
      ticket_times.starttime 4
      ticket_times.endtime 8
      data.length 4
      data.data 8
      data 16
      ticket.server 8
      principal_data.type 36
      principal_data 40
      """;

  @TempDir Path dir;

  @Test
  void theTableIsThatOfMit() {
    int[] ours = {
      Layout.CREDS_CLIENT,
      Layout.CREDS_SERVER,
      Layout.CREDS_KEYBLOCK,
      Layout.CREDS_TIMES,
      Layout.CREDS_TICKET,
      Layout.CREDS_SIZE,
      Layout.KEYBLOCK_ENCTYPE,
      Layout.KEYBLOCK_LENGTH,
      Layout.KEYBLOCK_CONTENTS,
      Layout.TIMES_AUTH,
      Layout.TIMES_START,
      Layout.TIMES_END,
      Layout.DATA_LENGTH,
      Layout.DATA_DATA,
      Layout.DATA_SIZE,
      Layout.TICKET_SERVER,
      Layout.PRINCIPAL_TYPE,
      Layout.PRINCIPAL_SIZE
    };
    List<Integer> mits =
        OF_MIT.lines().map(l -> Integer.valueOf(l.substring(l.indexOf(' ') + 1))).toList();
    assertThat(ours).containsExactly(mits.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Where there are a compiler and a header; elsewhere the table stands as it is. */
  @Test
  void theHeaderOfThisMachineGivesTheSameTable() throws Exception {
    Path compiler = Path.of("/usr/bin/gcc");
    for (Path header : HEADERS.stream().filter(Files::exists).limit(1).toList()) {
      if (Files.isExecutable(compiler)) {
        assertThat(compiled(compiler, header)).isEqualTo(OF_MIT);
      }
    }
  }

  private String compiled(Path compiler, Path header) throws IOException, InterruptedException {
    StringBuilder source = new StringBuilder("#include <krb5.h>\n#include <stdio.h>\n");
    source.append("#include <stddef.h>\nint main(void) {\n");
    for (String line : OF_MIT.lines().toList()) {
      String name = line.substring(0, line.indexOf(' '));
      String[] parts = name.split("\\.", 2);
      String size =
          parts.length == 1
              ? "sizeof(krb5_" + name + ")"
              : "offsetof(krb5_" + parts[0] + ", " + parts[1] + ")";
      source
          .append("printf(\"")
          .append(name)
          .append(" %d\\n\", (int) ")
          .append(size)
          .append(");\n");
    }
    Path file = Files.writeString(dir.resolve("layout.c"), source.append("}\n"));
    Path program = dir.resolve("layout");
    String folder = String.valueOf(header.getParent());
    run(List.of(compiler.toString(), "-I" + folder, "-o", program.toString(), file.toString()));
    return run(List.of(program.toString()));
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
