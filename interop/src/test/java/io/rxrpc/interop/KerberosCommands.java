// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.interop.peers.Realms;
import io.rxrpc.tokens.store.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** kinit, aklog, klist and {@code rxrpc klog} as a person types them, with one krb5.conf. */
final class KerberosCommands {
  private static final Pattern ENTRY =
      Pattern.compile("\\s(\\S+@\\S+)\\s*\\n\\s*Etype \\(skey, tkt\\): (\\S+),");

  private final Realms realms;
  private final Path dir;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * @param cache what KRB5CCNAME says, or null
   */
  KerberosCommands(Realms realms, Path dir, String conf, @Nullable String cache)
      throws IOException {
    this.realms = realms;
    this.dir = dir;
    environment.put("KRB5_CONFIG", Files.writeString(dir.resolve("krb5.conf"), conf).toString());
    environment.put(TokenStore.VARIABLE, dir.resolve("tokens").toString());
    if (cache != null) {
      environment.put("KRB5CCNAME", cache);
    }
  }

  Programs.Result run(String input, List<String> command) throws IOException {
    Path file = Files.writeString(dir.resolve("input"), input);
    return realms.run(environment, file, command);
  }

  Programs.Result kinit(String principal, String password) throws IOException {
    return run(password + "\n", List.of("kinit", principal));
  }

  Programs.Result kdestroy() throws IOException {
    return run("", List.of("kdestroy"));
  }

  /** The services that aklog asks for, as it says. */
  List<String> aklog(@Nullable String cell) throws IOException {
    List<String> command = new ArrayList<>(List.of("aklog", "-d", "-noprdb"));
    if (cell != null) {
      command.addAll(List.of("-c", cell));
    }
    // it ends badly: there is nobody who would keep the token
    return after(run("", command).out(), "Getting tickets: ");
  }

  static List<String> after(String output, String words) {
    return output
        .lines()
        .filter(l -> l.contains(words))
        .map(l -> l.substring(l.indexOf(words) + words.length()).strip())
        .distinct()
        .toList();
  }

  /** The ticket of AFS in the cache: its service and the type of its session key, or null. */
  @Nullable String afsTicket() throws IOException {
    Matcher entries = ENTRY.matcher(run("", List.of("klist", "-e")).ok().out());
    while (entries.find()) {
      if (entries.group(1).startsWith("afs")) {
        return entries.group(1) + " " + entries.group(2);
      }
    }
    return null;
  }

  Programs.Result klog(String input, String... arguments) throws IOException {
    return rxrpc(input, "klog", arguments);
  }

  /** A verb of {@code rxrpc} in a process of its own. */
  Programs.Result rxrpc(String input, String verb, String... arguments) throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", classes, "io.rxrpc.cli.Rxrpc", verb));
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  static JsonObject json(Programs.Result result) {
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }
}
