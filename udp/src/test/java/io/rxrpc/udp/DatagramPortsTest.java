// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The choice of the implementation. */
@Tag("long")
class DatagramPortsTest {
  private static final PortOptions ANY = PortOptions.of(Loopback.at(Loopback.IPV4, 0));

  @Test
  void choosesLinuxWhereItWorksAndElseNio() throws IOException {
    PortKind expected = LinuxSupport.missing() == null ? PortKind.LINUX : PortKind.NIO;
    try (DatagramPort port = DatagramPorts.open(ANY)) {
      assertThat(port.kind()).isEqualTo(expected);
    }
  }

  @Test
  void nioCanBeForced() throws IOException {
    try (DatagramPort port = DatagramPorts.open(ANY.withForced(PortKind.NIO))) {
      assertThat(port.kind()).isEqualTo(PortKind.NIO);
    }
  }

  @Test
  void forcedLinuxIsThereOrSaysWhyNot() throws IOException {
    PortOptions forced = ANY.withForced(PortKind.LINUX);
    if (LinuxSupport.missing() == null) {
      try (DatagramPort port = DatagramPorts.open(forced)) {
        assertThat(port.kind()).isEqualTo(PortKind.LINUX);
      }
    } else {
      assertThatThrownBy(() -> DatagramPorts.open(forced))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(Objects.requireNonNull(LinuxSupport.missing()));
    }
  }

  /** Without native access the choice is NIO: we say so, once, and the JVM has nothing to say. */
  @Test
  void nativeAccessDecides() throws Exception {
    boolean linux = LinuxSupport.missing() == null;
    String without = run("any");
    assertThat(without.lines()).contains("NIO");
    if (linux) {
      assertThat(without)
          .containsOnlyOnce("WARNING")
          .contains("native access is off")
          .contains("--enable-native-access=ALL-UNNAMED")
          .contains("Enable-Native-Access: ALL-UNNAMED");
    }
    assertThat(run("NIO")).isEqualTo("NIO");
    assertThat(run("LINUX")).contains("not available here");
    assertThat(run("any", "--enable-native-access=ALL-UNNAMED")).isEqualTo(linux ? "LINUX" : "NIO");
  }

  /** What {@link ShowPort} prints in a JVM of its own, errors included. */
  private static String run(String kind, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ShowPort.class.getName(), kind));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JDK_JAVA_OPTIONS");
    Process process = builder.start();
    try (InputStream output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    } finally {
      process.waitFor();
    }
  }

  /** Prints the kind of port that is opened, or why none is. */
  static final class ShowPort {
    private ShowPort() {}

    public static void main(String[] arguments) {
      PortKind forced = arguments[0].equals("any") ? null : PortKind.valueOf(arguments[0]);
      try (DatagramPort port = DatagramPorts.open(ANY.withForced(forced));
          DatagramPort second = DatagramPorts.open(ANY.withForced(forced))) {
        System.out.println(second.kind() == port.kind() ? port.kind() : "two kinds");
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void optionsAreChecked() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere", 7);
    assertThatThrownBy(() -> PortOptions.of(unresolved))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ANY.withBuffers(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DatagramPorts.open(PortOptions.of(Loopback.at("192.0.2.1", 0))))
        .isInstanceOf(IOException.class);
  }
}
