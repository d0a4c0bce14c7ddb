// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.xdr.XdrText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Directories in their pages: names of all lengths, many pages, and every kind of damage. */
class DumpDirectoryTest {
  private static List<DirectoryEntry> entries(int count, SplittableRandom random) {
    List<DirectoryEntry> entries = new ArrayList<>();
    entries.add(new DirectoryEntry(".", 1, 1));
    entries.add(new DirectoryEntry("..", 1, 1));
    for (int i = 0; i < count; i++) {
      byte[] name = new byte[random.nextInt(random.nextInt(8) == 0 ? 250 : 30)];
      for (int at = 0; at < name.length; at++) {
        int octet = random.nextInt(1, 256);
        name[at] = (byte) (octet == '/' ? '_' : octet);
      }
      entries.add(
          new DirectoryEntry(
              XdrText.decode(name) + i, random.nextInt(1, 1 << 30), random.nextInt()));
    }
    return entries;
  }

  @Test
  void whatIsLaidOutIsFoundAgain() {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<DirectoryEntry> entries = entries(random.nextInt(seed < 58 ? 300 : 9000), random);
      byte[] data = DumpDirectory.toOctets(entries).toArray();
      assertThat(data.length % 2048).isZero();
      DumpDirectory read = DumpDirectory.parse(data);
      assertThat(read.faults()).as("seed %s", seed).isEmpty();
      assertThat(read.entries()).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(entries);
    }
  }

  /** 1023 pages: more than the map of free blobs knows of. */
  @Test
  void theLargestDirectoryHasItsRoom() {
    List<DirectoryEntry> entries = new ArrayList<>();
    for (int i = 0; i < 51 + 63 * 1022; i++) {
      entries.add(new DirectoryEntry("n" + i, 2 * i + 2, i));
    }
    byte[] data = DumpDirectory.toOctets(entries).toArray();
    assertThat(data).hasSize(1023 * 2048);
    assertThat(DumpDirectory.parse(data).entries()).isEqualTo(entries);
    assertThat(DumpDirectory.parse(data).faults()).isEmpty();
    entries.add(new DirectoryEntry("more", 2, 2));
    assertThatThrownBy(() -> DumpDirectory.toOctets(entries))
        .hasMessage("the entries do not fit into 1023 pages");
  }

  @Test
  void namesThatNoServerTakesAreNotLaidOut() {
    for (String name : List.of("", "a/b", "a\0b", "x".repeat(256))) {
      List<DirectoryEntry> entries = List.of(new DirectoryEntry(name, 2, 2));
      assertThatThrownBy(() -> DumpDirectory.toOctets(entries))
          .isInstanceOf(IllegalArgumentException.class);
    }
    List<DirectoryEntry> longest = List.of(new DirectoryEntry("x".repeat(255), 2, 2));
    assertThat(DumpDirectory.parse(DumpDirectory.toOctets(longest).toArray()).entries())
        .isEqualTo(longest);
  }

  /** An entry of name length L takes 1 + (L + 16) / 32 blobs. */
  @Test
  void entriesTakeAsManyBlobsAsTheirNamesNeed() {
    for (int[] row : new int[][] {{1, 1}, {15, 1}, {16, 2}, {47, 2}, {48, 3}, {255, 9}}) {
      assertThat(DirectoryLayout.blobs(row[0])).isEqualTo(row[1]);
      byte[] data =
          DumpDirectory.toOctets(List.of(new DirectoryEntry("x".repeat(row[0]), 2, 2))).toArray();
      assertThat(data[32] & 0xff).isEqualTo(64 - 13 - row[1]);
    }
  }

  private static List<String> damaged(Consumer<byte[]> damage) {
    List<DirectoryEntry> entries =
        List.of(
            new DirectoryEntry(".", 1, 1),
            new DirectoryEntry("..", 1, 1),
            new DirectoryEntry("a", 2, 2), // blob 15
            new DirectoryEntry("some-name-of-two-blobs", 4, 3)); // blobs 16 and 17
    byte[] data = DumpDirectory.toOctets(entries).toArray();
    damage.accept(data);
    return DumpDirectory.parse(data).faults().stream()
        .map(fault -> fault.offset() + ": " + fault.problem())
        .toList();
  }

  @Test
  void everyKindOfDamageIsFound() {
    assertThat(damaged(data -> {})).isEmpty();
    assertThat(damaged(data -> data[1] = 2)).containsExactly("0: says it has 2 pages, but has 1");
    assertThat(damaged(data -> data[1] = 0)).isEmpty(); // as before pages were counted
    assertThat(damaged(data -> data[3] = 0)).contains("2: page 0 has the tag 1024, not 1234");
    assertThat(damaged(data -> data[32]++))
        .containsExactly("32: says page 0 has 47 free blobs, but it has 46");
    assertThat(damaged(data -> data[5] = 0))
        .contains("5: page 0 does not count its header as used");
    assertThat(damaged(data -> data[15 * 32] = 0)).contains("480: a used blob begins no entry");
    assertThat(damaged(data -> data[15 * 32 + 12] = 0)).contains("492: an empty name");
    assertThat(damaged(data -> data[15 * 32 + 12] = '/')).contains("492: a name with '/'");
    assertThat(damaged(data -> data[15 * 32 + 7] = 0)).containsExactly("484: a name of vnode 0");
    assertThat(damaged(data -> data[15 * 32 + 12] = 'b'))
        .containsExactly("480: an entry of chain 98 is in chain 97");
    assertThat(damaged(data -> data[160 + 2 * 97 + 1] = 0))
        .containsExactly("480: an entry is in no chain: clients do not find it");
    assertThat(damaged(data -> data[160 + 2 * 97 + 1] = 17))
        .contains("354: chain 97 leads to blob 17, where no entry begins");
    assertThat(damaged(data -> data[15 * 32 + 3] = 15))
        .containsExactly("482: chain 97 leads to blob 15, which was reached before");
    assertThat(damaged(data -> data[7] = (byte) (data[7] & ~2)))
        .contains("512: an entry goes on into a free blob");
    assertThat(damaged(data -> Arrays.fill(data, 17 * 32, 2048, (byte) 'x')))
        .contains("524: a name beyond its page");
  }

  @Test
  void whatIsNoDirectoryIsNone() {
    assertThat(DumpDirectory.parse(new byte[0]).faults()).hasSize(1);
    assertThat(DumpDirectory.parse(new byte[2047]).entries()).isEmpty();
    assertThat(DumpDirectory.parse(new byte[1024 * 2048]).faults()).hasSize(50);
  }

  /** Half a page too much does not hide the pages before. */
  @Test
  void whatIsThereOfADirectoryIsRead() {
    List<DirectoryEntry> entries = List.of(new DirectoryEntry("a", 2, 2));
    byte[] data = DumpDirectory.toOctets(entries).toArray();
    DumpDirectory read = DumpDirectory.parse(Arrays.copyOf(data, 3000));
    assertThat(read.entries()).isEqualTo(entries);
    assertThat(read.faults())
        .extracting(DirectoryFault::problem)
        .containsExactly("a directory of 3000 octets, which is not 1 to 1023 whole pages");
  }

  @Test
  void anyOctetsHaveAResult() {
    SplittableRandom random = new SplittableRandom(7);
    List<DirectoryEntry> entries = entries(100, random);
    byte[] data = DumpDirectory.toOctets(entries).toArray();
    for (int round = 0; round < 2000; round++) {
      byte[] wrong = data.clone();
      for (int n = random.nextInt(20); n >= 0; n--) {
        wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
      }
      DumpDirectory read = DumpDirectory.parse(wrong);
      assertThat(read.entries()).hasSizeLessThan(64 * wrong.length / 2048);
    }
  }
}
