// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/**
 * Writes a volume dump as a stream, in constant memory. Events have to come in the order that
 * {@link DumpEvent} says, and after a {@link VnodeData} exactly the data it announces; else there
 * is an {@link IllegalStateException}, and nothing of that event is written. Not thread-safe.
 */
public final class DumpWriter implements Closeable, Flushable {
  private static final int BUFFER = 32 << 10;

  private final OutputStream to;
  private final byte[] buffer = new byte[BUFFER];
  private int held;
  private long written;
  private final Data data = new Data();

  /** How much of the last vnode's data has to come. */
  private long left;

  private State state = State.START;

  private enum State {
    START,
    VOLUME,
    SECTIONS,
    VNODE,
    ENDED
  }

  private DumpWriter(OutputStream to) {
    this.to = to;
  }

  /**
   * Writes to a stream; it buffers by itself.
   *
   * @param out where it is written to
   * @return the writer
   */
  public static DumpWriter to(OutputStream out) {
    return new DumpWriter(out);
  }

  /**
   * Writes to a blocking channel.
   *
   * @param out where it is written to
   * @return the writer
   */
  public static DumpWriter to(WritableByteChannel out) {
    return to(Channels.newOutputStream(out));
  }

  /**
   * Writes an event; after {@link DumpEnd} what is held back is passed on.
   *
   * @param event what comes next in the dump
   * @throws IllegalStateException when another event has to come, or data
   * @throws IllegalArgumentException when a field would be read as something else in that section
   * @throws IOException if it cannot be read or written
   */
  public void write(DumpEvent event) throws IOException {
    if (left > 0) {
      throw new IllegalStateException(left + " octets of the last vnode's data have to come");
    }
    switch (event) {
      case DumpHeader header -> {
        check(Section.HEADER, header.fields());
        enter(event, State.START, State.VOLUME);
        u8(DumpHeader.SECTION);
        i32(DumpHeader.MAGIC);
        i32(DumpHeader.VERSION);
        fields(header.fields());
      }
      case VolumeHeader header -> {
        check(Section.VOLUME, header.fields());
        enter(event, State.VOLUME, State.SECTIONS);
        u8(VolumeHeader.SECTION);
        fields(header.fields());
      }
      case VnodeHeader vnode -> {
        check(Section.VNODE, vnode.fields());
        between(event, State.VNODE);
        u8(VnodeHeader.SECTION);
        i32(vnode.vnode());
        i32(vnode.unique());
        fields(vnode.fields());
      }
      case VnodeData announced -> {
        enter(event, State.VNODE, State.VNODE);
        u8((announced.wide() ? VnodeTag.LONG_DATA : VnodeTag.DATA).tag());
        if (announced.wide()) {
          i32((int) (announced.length() >>> 32));
        }
        i32((int) announced.length());
        left = announced.length();
      }
      case VnodeTail tail -> {
        check(Section.VNODE, tail.fields());
        enter(event, State.VNODE, State.VNODE);
        fields(tail.fields());
      }
      case DumpEnd end -> {
        between(end, State.ENDED);
        u8(DumpEnd.SECTION);
        i32(DumpEnd.MAGIC);
        flush();
      }
    }
  }

  /**
   * Writes an event and its data.
   *
   * @param event what comes next in the dump
   * @param from read for as many octets as the event announces, and not closed
   * @throws DumpException when it ends before; what came was written
   */
  public void write(VnodeData event, InputStream from) throws IOException {
    write(event);
    while (left > 0) {
      if (held == BUFFER) {
        pass();
      }
      int n = from.read(buffer, held, (int) Math.min(left, BUFFER - held));
      if (n < 0) {
        throw new DumpException(
            DumpException.Reason.END, position(), left + " octets of a vnode's data are missing");
      }
      held += n;
      left -= n;
    }
  }

  /**
   * Writes all that a reader has, from its next event to the dump's end.
   *
   * @param from where it comes from
   * @return how many octets this writer has written in all
   * @throws IOException if it cannot be read or written
   */
  public long copy(DumpReader from) throws IOException {
    DumpEvent event;
    do {
      event = from.next();
      if (event instanceof VnodeData announced) {
        write(announced, from.data());
      } else {
        write(event);
      }
    } while (!(event instanceof DumpEnd));
    return position();
  }

  /**
   * {@return where the data goes that the last {@link VnodeData} announced} More than that is an
   * {@link IllegalStateException}. Closing it does nothing.
   */
  public OutputStream data() {
    return data;
  }

  /** {@return how many octets were written so far, those held back included} */
  public long position() {
    return written + held;
  }

  @Override
  public void flush() throws IOException {
    pass();
    to.flush();
  }

  /** Flushes and closes the stream. A dump without {@link DumpEnd} stays one that nobody takes. */
  @Override
  public void close() throws IOException {
    try (to) {
      pass();
    }
  }

  private void enter(DumpEvent event, State wanted, State next) {
    if (state != wanted) {
      throw new IllegalStateException(event.getClass().getSimpleName() + " cannot come here");
    }
    state = next;
  }

  private void between(DumpEvent event, State next) {
    enter(event, state == State.VNODE ? State.VNODE : State.SECTIONS, next);
  }

  private static void check(Section section, DumpFields fields) {
    for (DumpField field : fields.all()) {
      if (section.layout(field.tag()) != field.layout()) {
        throw new IllegalArgumentException(
            field + " would be read as " + section.layout(field.tag()) + " in " + section.what());
      }
    }
  }

  private void fields(DumpFields fields) throws IOException {
    for (DumpField field : fields.all()) {
      u8(field.tag());
      byte[] value = field.value().toArray();
      octets(value, 0, value.length);
    }
  }

  private void u8(int octet) throws IOException {
    if (held == BUFFER) {
      pass();
    }
    buffer[held++] = (byte) octet;
  }

  private void i32(int number) throws IOException {
    for (int shift = 24; shift >= 0; shift -= 8) {
      u8(number >>> shift);
    }
  }

  private void octets(byte[] from, int offset, int length) throws IOException {
    if (length > BUFFER - held) {
      pass();
      if (length > BUFFER) {
        to.write(from, offset, length);
        written += length;
        return;
      }
    }
    System.arraycopy(from, offset, buffer, held, length);
    held += length;
  }

  private void pass() throws IOException {
    int n = held;
    held = 0;
    written += n;
    to.write(buffer, 0, n);
  }

  /** The data of the last vnode. */
  private final class Data extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      announce(1);
      u8(octet);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      announce(length);
      octets(from, offset, length);
    }

    private void announce(int length) {
      if (length > left) {
        throw new IllegalStateException(
            "data of %d octets where %d were announced".formatted(length, left));
      }
      left -= length;
    }
  }
}
