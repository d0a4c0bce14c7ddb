// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import io.rxrpc.xdr.Ints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one section in the order of the stream, unknown ones among them. Immutable. Where a
 * tag comes more than once the last one counts, as it does for a server that restores.
 *
 * @param all the fields
 */
public record DumpFields(List<DumpField> all) {
  /** No fields. */
  public static final DumpFields NONE = new DumpFields(List.of());

  /** Keeps a copy of the list. */
  public DumpFields {
    all = List.copyOf(all);
  }

  /**
   * {@return these fields}
   *
   * @param fields the fields
   */
  public static DumpFields of(DumpField... fields) {
    return new DumpFields(List.of(fields));
  }

  /**
   * {@return these, and others behind them}
   *
   * @param more what comes in addition
   */
  public DumpFields and(DumpFields more) {
    if (more.all.isEmpty()) {
      return this;
    }
    List<DumpField> both = new ArrayList<>(all);
    both.addAll(more.all);
    return new DumpFields(both);
  }

  /**
   * With a field instead of those with its tag, in the place of the first of them.
   *
   * @param field the field
   * @return a copy with a field instead of those with its tag, in the place of the first of them
   */
  public DumpFields with(DumpField field) {
    List<DumpField> changed = new ArrayList<>();
    boolean done = false;
    for (DumpField one : all) {
      if (one.tag() != field.tag()) {
        changed.add(one);
      } else if (!done) {
        changed.add(field);
        done = true;
      }
    }
    if (!done) {
      changed.add(field);
    }
    return new DumpFields(changed);
  }

  /** {@return whether there is none} */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * {@return the field with a tag, the last one if there are more}
   *
   * @param tag the tag
   */
  public Optional<DumpField> find(DumpTag tag) {
    return Optional.ofNullable(last(tag));
  }

  /**
   * {@return the value of a number, if the field is there}
   *
   * @param tag the tag
   */
  public OptionalLong number(DumpTag tag) {
    DumpField field = last(tag);
    return field == null ? OptionalLong.empty() : OptionalLong.of(field.number());
  }

  /**
   * {@return the value of a number, 0 if the field is not there}
   *
   * @param tag the tag
   */
  public long numberOrZero(DumpTag tag) {
    DumpField field = last(tag);
    return field == null ? 0 : field.number();
  }

  /**
   * {@return the value of a text, empty if the field is not there}
   *
   * @param tag the tag
   */
  public String text(DumpTag tag) {
    DumpField field = last(tag);
    return field == null ? "" : field.text();
  }

  /**
   * {@return the words of a list, none if the field is not there}
   *
   * @param tag the tag
   */
  public Ints words(DumpTag tag) {
    DumpField field = last(tag);
    return field == null ? Ints.EMPTY : field.words();
  }

  private @Nullable DumpField last(DumpTag tag) {
    for (int i = all.size() - 1; i >= 0; i--) {
      DumpField field = all.get(i);
      if (field.tag() == tag.tag() && field.layout() == tag.layout()) {
        return field;
      }
    }
    return null;
  }
}
