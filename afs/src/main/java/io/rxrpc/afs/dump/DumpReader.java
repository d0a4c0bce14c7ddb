// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.afs.dump.DumpException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads a volume dump as a stream, one event after the other, in constant memory. It keeps every
 * octet: a {@link DumpWriter} that is given the same events writes the same dump. What it reads has
 * the form of a dump; whether that makes a sound volume is for {@link VolumeDump#check}.
 *
 * <pre>{@code
 * try (DumpReader in = DumpReader.of(stream)) {
 *   for (DumpEvent event = in.next(); !(event instanceof DumpEnd); event = in.next()) {
 *     switch (event) {
 *       case VnodeHeader vnode -> ...
 *       case VnodeData data -> in.data().transferTo(somewhere);
 *       default -> {}
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>It reads ahead, up to 32 KiB beyond the dump's end if the stream has more. Not thread-safe.
 */
public final class DumpReader implements Closeable {
  private final DumpInput in;
  private final FieldReader fields;
  private final Data data = new Data();
  private State state = State.START;

  /** The offset of the last event. */
  private long offset;

  /** How much of the last vnode's data was not read. */
  private long left;

  private enum State {
    /** Nothing was read. */
    START,
    /** The volume's header has to come. */
    VOLUME,
    /** Vnodes or the end come. */
    SECTIONS,
    /** More of the last vnode may come. */
    VNODE,
    /** Nothing comes. */
    ENDED
  }

  private DumpReader(InputStream in, DumpLimits limits) {
    this.in = new DumpInput(in);
    fields = new FieldReader(this.in, limits.section());
  }

  /**
   * Reads a stream, with {@link DumpLimits#DEFAULT}.
   *
   * @param in where it is read from
   * @return the reader
   */
  public static DumpReader of(InputStream in) {
    return of(in, DumpLimits.DEFAULT);
  }

  /**
   * Reads a stream.
   *
   * @param in where it is read from
   * @param limits the bounds
   * @return the reader
   */
  public static DumpReader of(InputStream in, DumpLimits limits) {
    return new DumpReader(in, limits);
  }

  /**
   * Reads a blocking channel, with {@link DumpLimits#DEFAULT}.
   *
   * @param in where it is read from
   * @return the reader
   */
  public static DumpReader of(ReadableByteChannel in) {
    return of(Channels.newInputStream(in));
  }

  /**
   * {@return the next event} Data of the last one that was not read is passed over.
   *
   * @throws DumpException when what comes is no dump
   * @throws IOException when the stream fails
   * @throws IllegalStateException after {@link DumpEnd}
   */
  public DumpEvent next() throws IOException {
    while (left > 0) {
      left -= in.skip(left, "a vnode's data");
    }
    offset = in.offset();
    return switch (state) {
      case START -> header();
      case VOLUME -> volume();
      case SECTIONS -> section();
      case VNODE -> more();
      case ENDED -> throw new IllegalStateException("the dump has ended");
    };
  }

  /**
   * {@return the data of the {@link VnodeData} that was the last event, up to its end} Once the
   * next event was asked for it has no more. Closing it does nothing.
   */
  public InputStream data() {
    return data;
  }

  /** {@return where the last event begins, in octets from where the reader began} */
  public long offset() {
    return offset;
  }

  /** {@return how many octets were taken so far} */
  public long position() {
    return in.offset();
  }

  /**
   * {@return whether nothing follows the dump's end} Waits for the stream to say so.
   *
   * @throws IllegalStateException before {@link DumpEnd}
   * @throws IOException if it cannot be read or written
   */
  public boolean nothingFollows() throws IOException {
    if (state != State.ENDED) {
      throw new IllegalStateException("the dump has not ended");
    }
    return in.atEnd();
  }

  /** Closes the stream. */
  @Override
  public void close() throws IOException {
    in.close();
  }

  private DumpHeader header() throws IOException {
    if (in.u8("its first octet") != DumpHeader.SECTION
        || in.i32("its first octets") != DumpHeader.MAGIC) {
      throw new DumpException(
          Reason.MAGIC, offset, "no volume dump: it does not begin with 01 b3a11322");
    }
    long at = in.offset();
    int version = in.i32(Section.HEADER.what());
    if (version != DumpHeader.VERSION) {
      throw new DumpException(
          Reason.VERSION, at, "a dump of version " + Integer.toUnsignedString(version) + ", not 1");
    }
    DumpFields found = fields.read(Section.HEADER);
    state = State.VOLUME;
    return new DumpHeader(found);
  }

  private VolumeHeader volume() throws IOException {
    int tag = in.u8("its sections");
    if (tag != VolumeHeader.SECTION) {
      throw new DumpException(
          Reason.SECTION, offset, "section " + tag + " where the volume's header has to be");
    }
    DumpFields found = fields.read(Section.VOLUME);
    state = State.SECTIONS;
    return new VolumeHeader(found);
  }

  private DumpEvent section() throws IOException {
    int tag = in.u8("its sections");
    return switch (tag) {
      case VnodeHeader.SECTION -> {
        int vnode = in.i32(Section.VNODE.what());
        int unique = in.i32(Section.VNODE.what());
        DumpFields found = fields.read(Section.VNODE);
        state = State.VNODE;
        yield new VnodeHeader(vnode, unique, found);
      }
      case DumpEnd.SECTION -> {
        if (in.i32("its end") != DumpEnd.MAGIC) {
          throw new DumpException(
              Reason.MAGIC, offset, "the end of the dump is not 04 3a214b6e: it is damaged before");
        }
        state = State.ENDED;
        yield new DumpEnd();
      }
      default ->
          throw new DumpException(
              Reason.SECTION, offset, "section " + tag + " where a vnode or the end has to be");
    };
  }

  /** What may follow within a vnode: data, fields, or else the next section. */
  private DumpEvent more() throws IOException {
    int tag = in.peek("its sections");
    if (tag <= FieldLayout.LAST_SECTION) {
      state = State.SECTIONS;
      return section();
    }
    if (FieldLayout.isField(tag)) {
      switch (Section.VNODE.layout(tag)) {
        case DATA -> {
          in.u8("a vnode");
          return data(Integer.toUnsignedLong(in.i32("a vnode")), false);
        }
        case LONG_DATA -> {
          in.u8("a vnode");
          long high = in.i32("a vnode");
          return data(high << 32 | Integer.toUnsignedLong(in.i32("a vnode")), true);
        }
        default -> {}
      }
    }
    return new VnodeTail(fields.read(Section.VNODE));
  }

  private VnodeData data(long length, boolean wide) throws DumpException {
    if (length < 0) {
      throw new DumpException(
          Reason.VALUE, offset, "data of " + Long.toUnsignedString(length) + " octets");
    }
    left = length;
    return new VnodeData(length, wide);
  }

  /** The rest of the last vnode's data. */
  private final class Data extends InputStream {
    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      left--;
      return in.u8("a vnode's data");
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
      java.util.Objects.checkFromIndexSize(at, length, to.length);
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int n = in.some(to, at, (int) Math.min(length, left), "a vnode's data");
      left -= n;
      return n;
    }

    @Override
    public int available() {
      return (int) Math.min(left, Integer.MAX_VALUE);
    }
  }
}
