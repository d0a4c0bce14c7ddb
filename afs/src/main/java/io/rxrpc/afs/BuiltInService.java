// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The services whose interfaces are described in this module, and typed by it. */
public enum BuiltInService {
  /** Where volumes are. */
  VL(WellKnownService.VL, "VL_", "vl/vl.xg"),
  /** Users and groups. */
  PT(WellKnownService.PT, "PR_", "pt/pt.xg"),
  /** Volumes as a whole. */
  VOL(WellKnownService.VOL, "AFSVol", "vol/vol.xg"),
  /** Files and directories. */
  FS(WellKnownService.FS, "RXAFS_", "fs/fs.xg"),
  /** What file servers call at their clients. */
  CB(WellKnownService.CB, "RXAFSCB_", "cb/cb.xg"),
  /** Processes of a server machine. */
  BOS(WellKnownService.BOS, "BOZO_", "bos/bos.xg"),
  /** Elections among database servers. */
  VOTE(WellKnownService.VOTE, "VOTE_", "ubik/vote.xg"),
  /** Transactions among database servers. */
  DISK(WellKnownService.DISK, "DISK_", "ubik/disk.xg"),
  /** Counters of calls. */
  STATS(WellKnownService.STATS, "RXSTATS_", "stats/stats.xg");

  private static final String FOLDER = "/META-INF/rxgen/";

  /** Where files lie that descriptions include. */
  private static final String INCLUDED = FOLDER + "common/";

  private final WellKnownService service;
  private final String packageName;
  private final String file;

  BuiltInService(WellKnownService service, String packageName, String file) {
    this.service = service;
    this.packageName = packageName;
    this.file = file;
  }

  /** {@return its name on a command line, its port and its service id} */
  public WellKnownService service() {
    return service;
  }

  /** {@return its name on a command line: {@code vl}} */
  public String label() {
    return service.label();
  }

  /**
   * {@return the package in its description, which begins the names of its procedures: {@code VL_}}
   */
  public String packageName() {
    return packageName;
  }

  /** {@return the name of its description, without a folder: {@code vl.xg}} */
  public String fileName() {
    return file.substring(file.indexOf('/') + 1);
  }

  /** {@return the text of its description, in the language of {@code .xg} files} */
  public String description() {
    String text = read(FOLDER + file);
    if (text == null) {
      throw new IllegalStateException("the module lacks " + file);
    }
    return text;
  }

  /**
   * {@return the text of a file that descriptions include, by the name that they give it, or null}
   *
   * @param name the name
   */
  public static @Nullable String included(String name) {
    return name.indexOf('/') >= 0 || name.isEmpty() ? null : read(INCLUDED + name);
  }

  /**
   * {@return the service of that label, or of that package, in any case of letters; or null}
   *
   * @param name the name
   */
  public static @Nullable BuiltInService find(String name) {
    for (BuiltInService s : values()) {
      String inShort = s.packageName.replaceFirst("_$", "");
      if (s.label().equalsIgnoreCase(name)
          || s.packageName.equalsIgnoreCase(name)
          || inShort.equalsIgnoreCase(name)) {
        return s;
      }
    }
    return null;
  }

  /**
   * {@return the services with that id: several have id 1}
   *
   * @param id as in packets
   */
  public static List<BuiltInService> withId(int id) {
    return Stream.of(values()).filter(s -> s.service.id() == id).toList();
  }

  private static @Nullable String read(String resource) {
    try (InputStream in = BuiltInService.class.getResourceAsStream(resource)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
