package io.rxrpc.tokens.klog;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the environment of a process says about Kerberos, for the JDK's, which does not look. */
public final class KerberosEnvironment {
  private static final String CONF_PROPERTY = "java.security.krb5.conf";
  private static final String CONF_VARIABLE = "KRB5_CONFIG";

  /** Where the JDK looks on Unix. */
  private static final List<Path> USUAL =
      List.of(
          Path.of(System.getProperty("java.home"), "conf", "security", "krb5.conf"),
          Path.of("/etc/krb5.conf"));

  private static final String CACHE_VARIABLE = "KRB5CCNAME";
  private static final String FILE = "FILE:";

  private KerberosEnvironment() {}

  /**
   * Has Kerberos use the krb5.conf that KRB5_CONFIG names, unless the system property {@code
   * java.security.krb5.conf} names one already, and ask for tickets of a day, as MIT Kerberos does,
   * unless that file says another {@code ticket_lifetime}: the JDK would ask for the longest that
   * the KDC gives, and rxkad takes no more than 30 days. For the whole JVM.
   *
   * @throws KlogException if there is no such file
   */
  public static void apply(Map<String, String> environment) throws KlogException {
    Path conf = conf(environment);
    String include = conf == null ? "" : "include " + conf.toAbsolutePath() + "\n";
    try {
      // what stands in the included file comes first, and the first value is in force
      Path file = Files.createTempFile("rxrpc-krb5-", ".conf");
      file.toFile().deleteOnExit();
      Files.writeString(file, include + "[libdefaults]\n ticket_lifetime = 24h\n");
      System.setProperty(CONF_PROPERTY, file.toString());
    } catch (IOException e) {
      throw new KlogException("cannot write a temporary krb5.conf: " + e.getMessage(), e);
    }
  }

  private static @Nullable Path conf(Map<String, String> environment) throws KlogException {
    String property = System.getProperty(CONF_PROPERTY);
    if (property != null) {
      return Path.of(property);
    }
    String named = environment.get(CONF_VARIABLE);
    if (named == null || named.isEmpty()) {
      return USUAL.stream().filter(Files::isReadable).findFirst().orElse(null);
    }
    for (String file : named.split(":", -1)) { // MIT merges several; the first is in force here
      if (!file.isEmpty() && Files.isReadable(Path.of(file))) {
        return Path.of(file);
      }
    }
    throw new KlogException(CONF_VARIABLE + " names " + named + ", which cannot be read");
  }

  /**
   * The cache of credentials that KRB5CCNAME names, or the usual one.
   *
   * @throws KlogException if it is of a kind that only MIT Kerberos can read
   */
  public static Path cache(Map<String, String> environment) throws KlogException {
    String named = environment.get(CACHE_VARIABLE);
    return named == null || named.isEmpty() ? usualCache() : cache(named);
  }

  /** The file of a cache as {@code kinit -c} takes it: {@code FILE:/tmp/x} or {@code /tmp/x}. */
  public static Path cache(String name) throws KlogException {
    if (name.startsWith(FILE)) {
      return Path.of(name.substring(FILE.length()));
    }
    int colon = name.indexOf(':');
    if (colon > 1) { // one letter is a drive
      throw new KlogException(
          "the credential cache "
              + name
              + " is no file, and only files can be read here; make one: kinit -c FILE:/path, then"
              + " --ccache /path");
    }
    return Path.of(name);
  }

  private static Path usualCache() {
    try {
      return Path.of("/tmp/krb5cc_" + new UnixSystem().getUid());
    } catch (LinkageError | RuntimeException e) {
      return Path.of(System.getProperty("user.home", "."), "krb5cc_" + userName());
    }
  }

  private static String userName() {
    return System.getProperty("user.name", "user");
  }
}
