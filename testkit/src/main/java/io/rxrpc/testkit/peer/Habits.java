// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import static io.rxrpc.testkit.SimNet.ms;

import io.rxrpc.wire.AckReason;

/**
 * In what implementations differ (calls.md section 15, reliability.md). Times in nanoseconds.
 *
 * @param backlog calls that a server takes before its application has their requests; others are
 *     told BUSY by a packet that names no security class. 0 for any number
 * @param challengeRetry interval of CHALLENGEs; 0 for only one
 * @param deadTime silence of the peer after which it gives up
 * @param initialRto retransmission timeout before the first sample
 * @param keepalive silence of its own after which it pings
 * @param minRto least timeout
 * @param pingResponse whether every flagged ACK is answered with PING_RESPONSE
 * @param repairsBySerial whether what is missing goes again only for an ACK that is no PING, nor
 *     the answer to one, and names a serial not older than its last transmission; a timer finds
 *     only what lies behind previousPacket, and asks by a PING if there is nothing
 * @param replyPing how often a client asks for a reply once its request was acked, at first after
 *     the least timeout; 0 for never
 * @param requestGap time without DATA of a request after which a server gives up; any DATA counts
 * @param stampDelay after a packet is out its time of sending is noted; an answer that comes before
 *     is no sample of the round trip, and while there is none each packet asks for an ACK
 * @param strictNumbers whether a RESPONSE whose call numbers are not those of the calls here aborts
 *     the connection
 * @param verifyTime how long after its arrival a RESPONSE is looked at, while calls are taken
 * @param windowFromHardAck whether the congestion window is counted from the hard-ack edge, so that
 *     soft ACKs make no room
 * @param name the name
 * @param firstWindow receive window until the application has read something
 * @param window receive window afterwards
 * @param sendWindow most packets sent and not hard-acked
 * @param initialCwnd congestion window at first
 * @param softAckEvery unacked packets after which an ACK goes at once
 * @param softAckDelay delay of the ACK of fewer
 * @param finalAckDelay delay of the ACK that ends a client call
 * @param finalAckReason its reason
 * @param softAckCompletes whether a server is content with soft ACKs of the whole reply
 * @param busyOnNext whether a call that comes while another runs is told BUSY and dropped, rather
 *     than taken
 * @param answersFinished whether a server answers DATA of a finished call with a DUPLICATE ACK, and
 *     a client ignores ACKs of one
 * @param abortsUnknown whether packets of no known call are answered with an ABORT
 * @param firstSeqLimit the highest seq that may begin a served call
 * @param jumbo most packets in a datagram it sends
 * @param pingsAtStart whether a server pings when a call begins
 */
public record Habits(
    String name,
    int firstWindow,
    int window,
    int sendWindow,
    int initialCwnd,
    int softAckEvery,
    long softAckDelay,
    long finalAckDelay,
    int finalAckReason,
    boolean softAckCompletes,
    boolean busyOnNext,
    boolean answersFinished,
    boolean abortsUnknown,
    int firstSeqLimit,
    int jumbo,
    boolean pingsAtStart,
    boolean pingResponse,
    long initialRto,
    long minRto,
    long keepalive,
    long replyPing,
    long deadTime,
    long requestGap,
    long challengeRetry,
    long verifyTime,
    boolean strictNumbers,
    boolean repairsBySerial,
    boolean windowFromHardAck,
    long stampDelay,
    int backlog) {

  /** OpenAFS. */
  public static final Habits OPENAFS =
      new Habits(
          "openafs",
          16,
          32,
          32,
          1,
          1,
          ms(100),
          ms(400),
          AckReason.DELAY,
          true,
          true,
          true,
          false,
          32,
          4,
          false,
          true,
          ms(2200),
          ms(220),
          ms(2000),
          0,
          ms(12_000),
          ms(60_000),
          ms(2000),
          ms(1),
          false,
          false,
          false,
          0,
          0);

  /** Linux AF_RXRPC where the clock ticks at 1000 Hz. */
  public static final Habits LINUX =
      new Habits(
          "linux",
          255,
          255,
          128,
          4,
          2,
          ms(1000),
          ms(20),
          AckReason.IDLE,
          false,
          false,
          false,
          true,
          Integer.MAX_VALUE,
          1,
          true,
          false,
          ms(1000),
          ms(200),
          ms(3333),
          ms(500),
          ms(20_000),
          ms(1000),
          0,
          ms(3),
          true,
          true,
          true,
          ms(1) / 25,
          10);

  /** The same at 250 Hz, as distributions have it: two of its limits are in ticks. */
  public static final Habits LINUX_250 = LINUX.limits(ms(5000), ms(250));

  /**
   * {@return the same with limits that bear a bad network}
   *
   * @param dead the time until a silent peer is given up, in nanoseconds
   */
  public Habits patient(long dead) {
    return limits(dead, Math.max(requestGap, dead));
  }

  private Habits limits(long dead, long gap) {
    return new Habits(
        name,
        firstWindow,
        window,
        sendWindow,
        initialCwnd,
        softAckEvery,
        softAckDelay,
        finalAckDelay,
        finalAckReason,
        softAckCompletes,
        busyOnNext,
        answersFinished,
        abortsUnknown,
        firstSeqLimit,
        jumbo,
        pingsAtStart,
        pingResponse,
        initialRto,
        minRto,
        keepalive,
        replyPing,
        dead,
        gap,
        challengeRetry,
        verifyTime,
        strictNumbers,
        repairsBySerial,
        windowFromHardAck,
        stampDelay,
        backlog);
  }
}
