// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.bos;

import io.rxrpc.afs.form.Times;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that the overseer looks after.
 *
 * @param name its name
 * @param kind simple, cron, fs or dafs
 * @param state how it is
 * @param goal how it shall be
 * @param description more about its state; may be empty
 * @param startedAt when it was last started; null if never
 * @param starts how often
 * @param lastExit when it last ended; null if never
 * @param lastFailure when it last ended with an error; null if never
 * @param exitCode of that
 * @param signal that ended it; 0 for none
 * @param failedPart which part of it failed last; empty if none
 * @param hasCore whether it left a core file
 * @param commands its command lines
 * @param notifier what is run when it ends; empty for nothing
 */
public record BosProcess(
    String name,
    String kind,
    State state,
    State goal,
    String description,
    @Nullable Instant startedAt,
    int starts,
    @Nullable Instant lastExit,
    @Nullable Instant lastFailure,
    int exitCode,
    int signal,
    String failedPart,
    boolean hasCore,
    List<String> commands,
    String notifier) {
  /** How a process is. */
  public enum State {
    /** It does not run. */
    STOPPED,
    /** It runs. */
    RUNNING,
    /** It is being stopped. */
    STOPPING,
    /** It is being started. */
    STARTING,
    /** A number that nobody has given a meaning. */
    OTHER;

    static State of(int number) {
      return number >= 0 && number < OTHER.ordinal() ? values()[number] : OTHER;
    }
  }

  /** Keeps a copy. */
  public BosProcess {
    commands = List.copyOf(commands);
  }

  static BosProcess of(
      String name,
      Bozo.GetInstanceInfoResult info,
      Bozo.GetStatusResult now,
      String failedPart,
      List<String> commands,
      String notifier) {
    BozoStatus s = info.status();
    return new BosProcess(
        name,
        info.type(),
        State.of(now.intStat()),
        State.of(s.goal()),
        now.statdescr(),
        Times.orNull(s.procStartTime()),
        s.procStarts(),
        Times.orNull(s.lastAnyExit()),
        Times.orNull(s.lastErrorExit()),
        s.errorCode(),
        s.errorSignal(),
        failedPart,
        (s.flags() & BosConstants.BOZO_HASCORE) != 0,
        commands,
        notifier);
  }
}
