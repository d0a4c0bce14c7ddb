// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import org.jspecify.annotations.Nullable;

/** Which tags are known depends on the section: the same letter means something else in each. */
enum Section {
  HEADER("the dump's header"),
  VOLUME("the volume's header"),
  VNODE("a vnode");

  private final String what;

  Section(String what) {
    this.what = what;
  }

  /** For messages. */
  String what() {
    return what;
  }

  /** What is known of a tag. */
  @Nullable DumpTag known(int tag) {
    return switch (this) {
      case HEADER -> HeaderTag.byTag(tag);
      case VOLUME -> VolumeTag.byTag(tag);
      case VNODE -> VnodeTag.byTag(tag);
    };
  }

  /** How the value of a field's tag lies in the stream, known or not. */
  FieldLayout layout(int tag) {
    DumpTag known = known(tag);
    return known == null ? FieldLayout.ofUnknown(tag) : known.layout();
  }
}
